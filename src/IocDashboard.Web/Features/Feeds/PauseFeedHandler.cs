using System.Collections.Immutable;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>
/// States a window in which a source is silent on purpose, or ends it: events on the feed's stream, with its state, the list of
/// windows, the change row and the audit trail in the same transaction. Nobody has to do anything when the window comes or ends.
/// </summary>
public sealed class PauseFeedHandler(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogues, CommitSignal committed, AuditTrail audit, ProvinceTime time, TimeProvider clock)
{
    /// <param name="from">Null: from now on.</param>
    /// <returns>Why not; nothing when it was done.</returns>
    public Task<ImmutableArray<JudgementError>> Pause(
        string feed, DateTimeOffset? from, DateTimeOffset until, PauseKind kind, string reason, AuditActor by, CancellationToken cancellation) => Run(
        feed, AuditActions.FeedPaused,
        (health, rule, now) => PauseDecider.Pause(
            health, new(from is { } begins ? Micros.Truncate(begins) : null, Micros.Truncate(until), kind, reason, by.Name, now), rule,
            catalogues.Current.Calendars.Current.Of(catalogues.Current.Feeds[feed].Agency), time),
        by, cancellation);

    public Task<ImmutableArray<JudgementError>> End(string feed, AuditActor by, CancellationToken cancellation) =>
        Run(feed, AuditActions.FeedPauseEnded, (health, rule, now) => PauseDecider.End(health, by.Name, now, rule), by, cancellation);

    private async Task<ImmutableArray<JudgementError>> Run(
        string code, string action, Func<FeedHealth, StreamRule, DateTimeOffset, PauseDecision> decide, AuditActor by, CancellationToken cancellation)
    {
        if (!catalogues.Current.Feeds.TryGetValue(code, out var feed)) return [JudgementError.At("/feed", PauseCodes.UnknownFeed, code)];
        var rule = (StreamRule)DeadlineRule.Parse(feed.Rule);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var found = await Find(transaction, code, cancellation);

        // After the lock: what was committed while this waited came before.
        var now = Micros.Truncate(clock.GetUtcNow());
        var before = found ?? FeedHealth.Registered(code, rule, now);
        var decision = decide(before, rule, now);
        if (!decision.Errors.IsEmpty) return decision.Errors;

        await history.AppendAsync(transaction, decision.Events.Select(e => (FeedKey.Of(code, InstantOf(e), time), e)), cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { FeedStateRows.Put(decision.Health) } })
        {
            foreach (var ended in decision.Events.OfType<FeedPauseEnded>()) batch.BatchCommands.Add(FeedPauseRows.End(ended));
            foreach (var paused in decision.Events.OfType<FeedPaused>()) batch.BatchCommands.Add(FeedPauseRows.Put(Guid.CreateVersion7(now), paused));
            FeedLossRows.AddTo(batch, decision.Events);
            batch.BatchCommands.Add(ChangeRow.Put(now, feeds: [code]));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await audit.AppendAsync(transaction, action, code, AuditOutcome.Done, Told(before.Pause, now), Told(decision.Health.Pause, now), by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return [];
    }

    private static async Task<FeedHealth?> Find(NpgsqlTransaction transaction, string feed, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands = { WriteLock.Take(WriteLock.OfFeed(feed)), FeedStateRows.Find([feed]) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return (await FeedStateRows.ReadAsync(reader, cancellation)).GetValueOrDefault(feed);
    }

    private static DateTimeOffset InstantOf(object @event) => @event switch
    {
        FeedPaused paused => paused.At,
        FeedPauseEnded ended => ended.At,
        _ => SweepFeeds.InstantOf(@event),
    };

    private static JsonObject? Told(FeedPause? pause, DateTimeOffset now) => pause is null || pause.IsOver(now) ? null : new()
    {
        ["from"] = pause.From, ["until"] = pause.Until, ["kind"] = pause.Kind.ToString(), ["reason"] = pause.Reason, ["shortNotice"] = pause.ShortNotice,
    };
}
