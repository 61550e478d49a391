using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Terms;

/// <summary>What became of it; all but <see cref="Set"/> are refusals, and nothing was kept.</summary>
public enum TermsOutcome { Set, Unknown, NotPossible, NoReason }

/// <summary>
/// Sets when a form opens and locks, how many verify it and how soon it follows its source, and which sources are trusted: one transaction with the change row that
/// tells every node and the entry on the audit trail.
/// </summary>
public sealed class SetTermsHandler(NpgsqlDataSource database, CatalogueLoader loader, CommitSignal committed, AuditTrail audit, TimeProvider clock)
{
    /// <param name="reason">Why: a document, or words.</param>
    public Task<TermsOutcome> SetForm(string form, FormTerms terms, string? reason, AuditActor by, CancellationToken cancellation) => Run(
        reason, AuditActions.FormTermsSet, form, by,
        catalogue => !catalogue.Forms.ContainsKey(form) ? TermsOutcome.Unknown : terms.IsPossible ? TermsOutcome.Set : TermsOutcome.NotPossible,
        catalogue => Told(catalogue.TermsOf(form)), Told(terms),
        (now, why) => new("""
            insert into form_setting (form, opens_days, lock_days, verifiers, reason, set_by, set_at, update_days) values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (form) do update set opens_days = excluded.opens_days, lock_days = excluded.lock_days, verifiers = excluded.verifiers,
                update_days = excluded.update_days, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at
            """)
        {
            Parameters =
            {
                Sql.Of(form), Sql.Of(terms.OpensDays), Sql.Maybe(terms.LockDays), Sql.Of((short)terms.Verifiers), Sql.Of(why), Sql.Of(by.Name), Sql.Of(now),
                Sql.Of((short)terms.UpdateDays),
            },
        },
        cancellation);

    /// <summary>From now on what the source measures is verified by rule; what was received before stays as it is.</summary>
    public Task<TermsOutcome> Trust(string feed, string? reason, AuditActor by, CancellationToken cancellation) => Run(
        reason, AuditActions.FeedTrusted, feed, by, catalogue => IsFeed(catalogue, feed),
        catalogue => Told(catalogue.Trusts.GetValueOrDefault(feed)), new JsonObject { ["trusted"] = true },
        (now, why) => new("""
            insert into feed_trust (feed, trusted_by, trusted_since, reason) values ($1, $2, $3, $4)
            on conflict (feed) do update set trusted_by = excluded.trusted_by, trusted_since = excluded.trusted_since, reason = excluded.reason
            """) { Parameters = { Sql.Of(feed), Sql.Of(by.Name), Sql.Of(now), Sql.Of(why) } },
        cancellation);

    public Task<TermsOutcome> EndTrust(string feed, string? reason, AuditActor by, CancellationToken cancellation) => Run(
        reason, AuditActions.FeedTrustEnded, feed, by, catalogue => IsFeed(catalogue, feed),
        catalogue => Told(catalogue.Trusts.GetValueOrDefault(feed)), new JsonObject { ["trusted"] = false },
        (_, _) => new("delete from feed_trust where feed = $1") { Parameters = { Sql.Of(feed) } },
        cancellation);

    private async Task<TermsOutcome> Run(
        string? reason, string action, string subject, AuditActor by, Func<CatalogueSnapshot, TermsOutcome> judge,
        Func<CatalogueSnapshot, JsonObject> before, JsonObject after, Func<DateTimeOffset, string, NpgsqlBatchCommand> write, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason)) return TermsOutcome.NoReason;
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CatalogueRows.LockAsync(connection, cancellation);
        var catalogue = await CatalogueLoader.ReadAsync(connection, cancellation);
        if (judge(catalogue) is not TermsOutcome.Set and var refused) return refused;

        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { write(now, reason.Trim()) } })
            await batch.ExecuteNonQueryAsync(cancellation);
        await CatalogueRows.WriteChangeAsync(connection, [], now, cancellation);
        after["reason"] = reason.Trim();
        await audit.AppendAsync(transaction, action, subject, AuditOutcome.Done, before(catalogue), after, by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        await loader.LoadAsync(CancellationToken.None);
        committed.Pulse();
        return TermsOutcome.Set;
    }

    private static TermsOutcome IsFeed(CatalogueSnapshot catalogue, string feed) => catalogue.Feeds.ContainsKey(feed) ? TermsOutcome.Set : TermsOutcome.Unknown;

    private static JsonObject Told(FormTerms terms) =>
        new() { ["opensDays"] = terms.OpensDays, ["lockDays"] = terms.LockDays, ["verifiers"] = terms.Verifiers, ["updateDays"] = terms.UpdateDays };

    private static JsonObject Told(FeedTrust? trust) => new() { ["trusted"] = trust is not null, ["by"] = trust?.By, ["since"] = trust?.Since };
}
