using IocDashboard.Domain.Feeds;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>Table <c>feed_pause</c>: every window that was ever stated for a source, so that the past shows what was known then.</summary>
internal static class FeedPauseRows
{
    // Who is interested in a silence of the past looks at less; windows are no longer than that either.
    private const string LongAgo = "400 days";

    public static NpgsqlBatchCommand Put(Guid id, FeedPaused paused) => new("""
        insert into feed_pause (id, feed, begins_at, until, kind, reason, by, at, short_notice) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)
    {
        Parameters =
        {
            new() { Value = id }, Sql.Of(paused.Feed), Sql.Of(paused.From), Sql.Of(paused.Until), Sql.Of((short)paused.Kind),
            Sql.Of(paused.Reason), Sql.Of(paused.By), Sql.Of(paused.At), Sql.Of(paused.ShortNotice),
        },
    };

    public static NpgsqlBatchCommand End(FeedPauseEnded ended) =>
        new("update feed_pause set ended_by = $2, ended_at = $3 where feed = $1 and ended_at is null and until > $3")
        {
            Parameters = { Sql.Of(ended.Feed), Sql.Of(ended.By), Sql.Of(ended.At) },
        };

    /// <summary>The windows as they were known at an instant, by feed, in the order of time; none that was taken back before it began.</summary>
    public static async Task<ILookup<string, FeedPause>> ReadAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"""
            select feed, begins_at, least(until, case when ended_at <= $1 then ended_at end), kind, reason, by, at, short_notice
            from feed_pause where at <= $1 and until > $1 - interval '{LongAgo}' order by begins_at, at
            """, connection) { Parameters = { Sql.Of(at) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var pauses = new List<(string Feed, FeedPause Pause)>();
        while (await reader.ReadAsync(cancellation))
        {
            var pause = new FeedPause(
                reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2), (PauseKind)reader.GetInt16(3),
                reader.GetString(4), reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetBoolean(7));
            if (pause.Until > pause.From) pauses.Add((reader.GetString(0), pause));
        }

        return pauses.ToLookup(p => p.Feed, p => p.Pause, StringComparer.Ordinal);
    }
}
