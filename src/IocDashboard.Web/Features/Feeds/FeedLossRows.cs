using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Feeds;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>Table <c>feed_loss</c>: each loss of a source, written with its event, until its agency and the centre were told.</summary>
internal static class FeedLossRows
{
    // More than a province has sources: what a long downtime leaves is told of at once.
    public const int Most = 1_000;

    /// <summary>Of those that a decision found, whoever made it.</summary>
    public static void AddTo(NpgsqlBatch batch, IEnumerable<object> events)
    {
        foreach (var lost in events.OfType<FeedWasLost>())
            batch.BatchCommands.Add(new("insert into feed_loss (feed, lost_at, found_at) values ($1, $2, $3) on conflict do nothing")
            {
                Parameters = { Sql.Of(lost.Feed), Sql.Of(lost.At), Sql.Of(lost.FoundAt) },
            });
    }

    public static async Task<List<(string Feed, DateTimeOffset LostAt, DateTimeOffset FoundAt)>> TakeUntoldAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select feed, lost_at, found_at from feed_loss where told_at is null order by found_at, feed limit {Most} for update", transaction.Connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var losses = new List<(string, DateTimeOffset, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellation)) losses.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2)));
        return losses;
    }

    public static NpgsqlBatchCommand Mark(IReadOnlyCollection<(UntoldLoss Loss, StepOutcome Outcome)> outcomes, DateTimeOffset now) => new("""
        update feed_loss l set told_at = $4, outcome = o.outcome from unnest($1, $2, $3) as o (feed, lost_at, outcome) where l.feed = o.feed and l.lost_at = o.lost_at
        """)
    {
        Parameters =
        {
            Sql.Of([.. outcomes.Select(o => (string?)o.Loss.Feed)]), Sql.Of([.. outcomes.Select(o => o.Loss.LostAt)]),
            Sql.Of([.. outcomes.Select(o => (short)o.Outcome)]), Sql.Of(now),
        },
    };
}
