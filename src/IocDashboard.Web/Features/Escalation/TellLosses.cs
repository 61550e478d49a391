using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Feeds;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Feeds;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>
/// Tells a source's agency and the centre that it was lost, exactly once for each loss on however many nodes: the notices are written beside
/// the mark that somebody was told. A loss that is over is told of to nobody, one of a paused source not before its window ends.
/// </summary>
public sealed class TellLosses(NpgsqlDataSource database, CatalogueCache catalogue, PutNotices notices, CommitSignal signal, TimeProvider clock)
{
    /// <summary>One node at a time: two that shared an agency's sources would write two notices about them.</summary>
    private const string Lock = "feed-losses";

    /// <returns>Of how many losses somebody was told.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        if (!await AnyUntold(cancellation)) return 0;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await TryLockAsync(transaction, cancellation)) return 0;

        // After the lock: what the node before this one told of is told.
        var now = Micros.Truncate(clock.GetUtcNow());
        var losses = await FeedLossRows.TakeUntoldAsync(transaction, cancellation);
        if (losses.Count == 0) return 0;
        var heard = await ReadHealthAsync(transaction, [.. losses.Select(l => l.Feed).Distinct(StringComparer.Ordinal)], cancellation);
        var (outcomes, tellings) = LossDecider.Decide([.. losses.Select(l => Loss(l.Feed, l.LostAt, l.FoundAt, heard.GetValueOrDefault(l.Feed), now))], EscalationBodies.ReaderOf, now);
        if (outcomes.Length == 0) return 0;

        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { FeedLossRows.Mark(outcomes, now) } };
        await notices.AddTo(batch, tellings, static _ => QuietHours.Usual, now, cancellation);
        string[] told = [.. outcomes.Where(o => o.Outcome == StepOutcome.Told).Select(o => o.Loss.Feed)];
        if (told.Length > 0) batch.BatchCommands.Add(ChangeRow.Put(now, feeds: told));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Pulse();
        return told.Length;
    }

    /// <param name="health">Null: nobody listens for it any more.</param>
    private UntoldLoss Loss(string feed, DateTimeOffset lostAt, DateTimeOffset foundAt, FeedHealth? health, DateTimeOffset now)
    {
        if (health is null || !catalogue.Current.Feeds.TryGetValue(feed, out var known)) return new(feed, "", lostAt, foundAt, null, LossStanding.Over);
        var isThisLoss = health.State == FeedState.Lost && health.Since == lostAt;
        var at = health.At(now);
        var standing = !isThisLoss ? LossStanding.Over : at.State == FeedState.Paused ? LossStanding.Paused : LossStanding.Lost;
        return new(feed, known.Agency, lostAt, at.Since > foundAt ? at.Since : foundAt, health.LastAt, standing);
    }

    private async Task<bool> AnyUntold(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select exists (select from feed_loss where told_at is null)");
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static async Task<bool> TryLockAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteLock.Try([Lock]) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) && reader.GetBoolean(1);
    }

    private static async Task<Dictionary<string, FeedHealth>> ReadHealthAsync(NpgsqlTransaction transaction, string[] feeds, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { FeedStateRows.Find(feeds) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await FeedStateRows.ReadAsync(reader, cancellation);
    }
}
