using IocDashboard.Domain.Feeds;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>How every feed is heard, as of now.</summary>
public sealed class FindFeeds(NpgsqlDataSource database)
{
    public async Task<Dictionary<string, FeedHealth>> Handle(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {FeedStateRows.Columns} from feed_state");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var feeds = new Dictionary<string, FeedHealth>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            var health = FeedStateRows.Read(reader);
            feeds[health.Feed] = health;
        }

        return feeds;
    }
}
