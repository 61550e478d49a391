using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Rules;

/// <summary>What became of a rule. Refused: nothing was kept, and everything that is wrong is told.</summary>
public sealed record RuleOutcome(BookedRule? Rule, params ImmutableArray<RuleRefusal> Refusals)
{
    /// <summary>The first of them.</summary>
    public RuleRefusal? Refusal => Accepted ? null : Refusals[0];

    public bool Accepted => Refusals.IsEmpty;
}

/// <summary>
/// One decision on the rule book: read under the catalogue's lock, decided, written with its entry on the audit trail and the
/// change row that tells every node.
/// </summary>
public sealed class RuleTransaction(NpgsqlDataSource database, CatalogueLoader loader, CommitSignal committed, AuditTrail audit, TimeProvider clock)
{
    /// <param name="decide">On the catalogue as it stands, at this instant.</param>
    internal async Task<RuleOutcome> Run(
        string action, AuditActor by, Func<CatalogueSnapshot, DateTimeOffset, (BookedRule? Before, RuleOutcome Outcome)> decide, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CatalogueRows.LockAsync(connection, cancellation);
        var (before, outcome) = decide(await CatalogueLoader.ReadAsync(connection, cancellation), now);
        if (!outcome.Accepted || outcome.Rule is not { } rule) return outcome;

        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { before is null ? RuleRows.Insert(rule) : RuleRows.Switch(rule) } })
            await batch.ExecuteNonQueryAsync(cancellation);
        await CatalogueRows.WriteChangeAsync(connection, [], now, cancellation);
        await audit.AppendAsync(
            transaction, action, rule.Rule.Code, AuditOutcome.Done, before is null ? null : RuleRows.Told(before, whole: false),
            RuleRows.Told(rule, whole: before is null), by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        await loader.LoadAsync(CancellationToken.None);
        committed.Pulse();
        return outcome;
    }
}
