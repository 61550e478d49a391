using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Feeds;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>Table <c>feed_state</c>: how each feed is heard, written with every event of its stream and in the same transaction.</summary>
public static class FeedStateRows
{
    internal const string Columns = "feed, state, last_at, last_received_at, late_at, lost_at, since, pauses, plain_late_at, plain_lost_at";

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
        row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6))
    {
        Pauses = row.Text(7) is { } pauses ? new(JsonSerializer.Deserialize<FeedPause[]>(pauses, EventJson.Options)!) : new([]),
        PlainLateAt = row.Instant(8), PlainLostAt = row.Instant(9),
    };

    public static NpgsqlBatchCommand Put(FeedHealth health) =>
        new($"""
            insert into feed_state ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (feed) do update set
                state = excluded.state, last_at = excluded.last_at, last_received_at = excluded.last_received_at,
                late_at = excluded.late_at, lost_at = excluded.lost_at, since = excluded.since,
                pauses = excluded.pauses, plain_late_at = excluded.plain_late_at, plain_lost_at = excluded.plain_lost_at
            """)
        {
            Parameters =
            {
                Sql.Of(health.Feed), Sql.Of((short)health.State), Sql.Of(health.LastAt), Sql.Of(health.LastReceivedAt),
                Sql.Of(health.LateAt), Sql.Of(health.LostAt), Sql.Of(health.Since),
                Sql.Json(health.Pauses.Count == 0 ? null : JsonSerializer.Serialize(health.Pauses, EventJson.Options)),
                Sql.Of(health.PlainLateAt), Sql.Of(health.PlainLostAt),
            },
        };
}
