using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Governance;

/// <summary>What became of a proposal. Refused: nothing was kept.</summary>
public sealed record GovernanceOutcome(Proposal? Proposal, GovernanceRefusal? Refusal)
{
    public bool Accepted => Refusal is null;
}

/// <summary>What follows for a proposal: its event, and of an approval the version of the indicator.</summary>
internal sealed record GovernanceStep(GovernanceRefusal? Refusal, Proposal? After, object? Event, IndicatorVersion? Version = null);

/// <summary>
/// One step of a proposal: under the catalogue's lock it reads who may, the set and the proposal, decides, and writes event, rows,
/// audit entry and change row together. An approval also releases what was opened under the set that will no longer hold.
/// </summary>
public sealed class GovernanceTransaction(
    NpgsqlDataSource database, IDocumentStore history, CatalogueLoader loader, CommitSignal committed, AuditTrail audit, ApplyDecisions apply,
    OpenObligations open, ProvinceTime time, TimeProvider clock)
{
    /// <param name="roles">Of which the person must hold one now: a page hides what is refused here.</param>
    /// <param name="decide">On the proposal as it stands; null for one that is not known.</param>
    internal async Task<GovernanceOutcome> Run(
        Guid id, string action, AuditActor by, string[] roles, Func<Proposal?, IndicatorSet, DateTimeOffset, GovernanceStep> decide, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CatalogueRows.LockAsync(connection, cancellation);
        if (!await MayAsync(transaction, by, roles, now, cancellation)) return new(null, GovernanceRefusal.NotAllowed);
        var catalogue = await CatalogueLoader.ReadAsync(connection, cancellation);
        var before = await FindAsync(transaction, id, cancellation);
        var step = decide(before, new(catalogue.Book, catalogue.Agencies, catalogue.Areas, time.DayOf(now)), now);
        if (step.Refusal is not null || step.After is not { } after) return new(before, step.Refusal);

        await history.AppendAsync(transaction, ProposalRows.Stream(id), [step.Event!], cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { ProposalRows.Put(after) } })
        {
            if (step.Version is { } version) batch.BatchCommands.Add(VersionRows.Insert(version));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        if (step.Version is { } decided) await new ReleasedReports(history, time).ReleaseAsync(transaction, catalogue, decided, now, cancellation);
        await CatalogueRows.WriteChangeAsync(connection, [], now, cancellation);
        await audit.AppendAsync(transaction, action, after.Change.Indicator.Code, AuditOutcome.Done, before is null ? null : Told(before), Told(after), by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        await loader.LoadAsync(CancellationToken.None);
        committed.Pulse();
        if (step.Version is not null && await apply.Handle(TimeSpan.Zero, CancellationToken.None) == 0) await open.Handle(CancellationToken.None);
        return new(after, null);
    }

    private static async Task<Proposal?> FindAsync(NpgsqlTransaction transaction, Guid id, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { ProposalRows.Find(id) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? ProposalRows.Read(reader) : null;
    }

    private static async Task<bool> MayAsync(NpgsqlTransaction transaction, AuditActor by, string[] roles, DateTimeOffset now, CancellationToken cancellation)
    {
        if (by.Kind == AuditActor.Process) return true;
        if (by.Kind != AuditActor.Person) return false;
        await using var ask = new NpgsqlCommand("""
            select exists (
                select from identity.role_assignment r join identity.account a on a."Id" = r.account
                where a."UserName" = $1 and a."ClosedAt" is null and r.role = any($2) and r.valid_from <= $3 and (r.valid_to is null or r.valid_to > $3))
            """, transaction.Connection, transaction);
        ask.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(by.Name), Sql.Of(roles), Sql.Of(now)]);
        return await ask.ExecuteScalarAsync(cancellation) is true;
    }

    private static JsonObject Told(Proposal proposal)
    {
        var told = new JsonObject { ["proposal"] = proposal.Id.ToString(), ["state"] = proposal.State.ToString() };
        if (proposal.State == ProposalState.Pending) told["change"] = JsonSerializer.SerializeToNode(proposal.Change, EventJson.Options);
        if (proposal.Withdrawn is { } withdrawn) told["withdrawn"] = JsonSerializer.SerializeToNode(withdrawn, EventJson.Options);
        if (proposal.Decided is { } decided) told["decided"] = JsonSerializer.SerializeToNode(decided, EventJson.Options);
        return told;
    }
}
