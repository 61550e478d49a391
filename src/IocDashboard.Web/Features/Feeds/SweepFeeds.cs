using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>
/// Finds sources that have been silent beyond their own rule: late, then lost, each dated at the instant the rule was broken and
/// recorded once. A feed that a call is writing to right now is left to that call, which looks for silence itself.
/// </summary>
public sealed class SweepFeeds(NpgsqlDataSource database, IDocumentStore history, CommitSignal signal, ProvinceTime time, TimeProvider clock)
{
    private const string Silent = "(state = 0 and late_at <= $1) or (state in (0, 1) and lost_at <= $1)";

    /// <returns>How many feeds changed.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (!await AnySilent(now, cancellation)) return 0;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var silent = await TakeSilent(transaction, now, cancellation);
        if (silent.Count == 0) return 0;
        var mine = await TakeLocks(transaction, silent, cancellation);
        var decisions = mine.Select(f => FeedDecider.FallSilent(f, now)).Where(d => d.Events.Length > 0).ToList();
        if (decisions.Count == 0) return 0;

        await history.AppendAsync(
            transaction, decisions.SelectMany(d => d.Events.Select(e => (FeedKey.Of(d.Health.Feed, InstantOf(e), time), e))), cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { Update(decisions), ChangeRow.Put(now, feeds: [.. decisions.Select(d => d.Health.Feed)]) },
        };
        FeedLossRows.AddTo(batch, decisions.SelectMany(d => d.Events));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Pulse();
        return decisions.Count;
    }

    internal static DateTimeOffset InstantOf(object @event) => @event switch
    {
        FeedFellLate late => late.At,
        FeedWasLost lost => lost.At,
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "Silence makes a feed late or lost."),
    };

    private async Task<bool> AnySilent(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select exists (select from feed_state where {Silent})");
        command.Parameters.Add(Sql.Of(now));
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static async Task<List<FeedHealth>> TakeSilent(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new($"""
                    select {FeedStateRows.Columns} from feed_state where {Silent}
                    order by feed for update skip locked
                    """) { Parameters = { Sql.Of(now) } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var feeds = new List<FeedHealth>();
        while (await reader.ReadAsync(cancellation)) feeds.Add(FeedStateRows.Read(reader));
        return feeds;
    }

    private static async Task<List<FeedHealth>> TakeLocks(NpgsqlTransaction transaction, List<FeedHealth> feeds, CancellationToken cancellation)
    {
        var byLock = feeds.ToDictionary(f => WriteLock.OfFeed(f.Feed), StringComparer.Ordinal);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteLock.Try([.. byLock.Keys]) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var taken = new List<FeedHealth>(feeds.Count);
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetBoolean(1)) taken.Add(byLock[reader.GetString(0)]);
        }

        return taken;
    }

    private static NpgsqlBatchCommand Update(List<FeedDecision> decisions) => new("""
        update feed_state set state = d.state, since = d.since from unnest($1, $2, $3) as d (feed, state, since) where feed_state.feed = d.feed
        """)
    {
        Parameters =
        {
            Sql.Of([.. decisions.Select(d => (string?)d.Health.Feed)]), Sql.Of([.. decisions.Select(d => (short)d.Health.State)]),
            Sql.Of([.. decisions.Select(d => d.Health.Since)]),
        },
    };
}
