using IocDashboard.Domain.Feeds;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>How every feed is heard, as of now.</summary>
public sealed class FindFeeds(NpgsqlDataSource database)
{
    public async Task<Dictionary<string, FeedHealth>> Handle(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select feed, state, last_at, last_received_at, late_at, lost_at, since from feed_state");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var feeds = new Dictionary<string, FeedHealth>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            var health = Read(reader);
            feeds[health.Feed] = health;
        }

        return feeds;
    }

    internal static FeedHealth Read(NpgsqlDataReader row) => new(
        row.GetString(0), (FeedState)row.GetInt16(1), row.Instant(2), row.Instant(3),
        row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6));
}
