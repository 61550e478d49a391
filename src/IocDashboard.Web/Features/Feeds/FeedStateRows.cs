using IocDashboard.Domain.Feeds;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>Table <c>feed_state</c>: how each feed is heard, written with every event of its stream and in the same transaction.</summary>
public static class FeedStateRows
{
    internal const string Columns = "feed, state, last_at, last_received_at, late_at, lost_at, since";

    public static NpgsqlBatchCommand Find(string[] feeds) =>
        new($"select {Columns} from feed_state where feed = any($1)") { Parameters = { Sql.Of(feeds) } };

    public static async Task<Dictionary<string, FeedHealth>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var feeds = new Dictionary<string, FeedHealth>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) feeds[reader.GetString(0)] = Read(reader);
        return feeds;
    }

    public static FeedHealth Read(NpgsqlDataReader row) => new(
        row.GetString(0), (FeedState)row.GetInt16(1), row.Instant(2), row.Instant(3),
        row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6));

    public static NpgsqlBatchCommand Put(FeedHealth health) =>
        new($"""
            insert into feed_state ({Columns}) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (feed) do update set
                state = excluded.state, last_at = excluded.last_at, last_received_at = excluded.last_received_at,
                late_at = excluded.late_at, lost_at = excluded.lost_at, since = excluded.since
            """)
        {
            Parameters =
            {
                Sql.Of(health.Feed), Sql.Of((short)health.State), Sql.Of(health.LastAt), Sql.Of(health.LastReceivedAt),
                Sql.Of(health.LateAt), Sql.Of(health.LostAt), Sql.Of(health.Since),
            },
        };
}
