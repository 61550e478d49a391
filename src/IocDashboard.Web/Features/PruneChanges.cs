using Npgsql;

namespace IocDashboard.Web.Features;

/// <summary>
/// Drops change rows that no tail can still need: a node that was away longer loads its board anew. Messages are kept, for
/// their ids stay taken for good.
/// </summary>
public sealed class PruneChanges(NpgsqlDataSource database, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <returns>How many rows were dropped.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        var dropped = 0;
        while (true)
        {
            // In the order of the key, a few at a time: a delete of a day's rows at once would hold the table's vacuum back.
            await using var command = database.CreateCommand("""
                delete from change where id in (select id from change where at < $1 order by id limit 10000)
                """);
            command.Parameters.Add(Sql.Of(clock.GetUtcNow() - Kept));
            var some = await command.ExecuteNonQueryAsync(cancellation);
            dropped += some;
            if (some < 10_000) return dropped;
        }
    }
}
