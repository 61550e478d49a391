using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Platform.Database;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>
/// Writes judged calls in one transaction: one event for each feed, with observations, current values and the feeds' states.
/// A call that cannot be written fails all of them.
/// </summary>
public sealed class MeasurementTransaction(NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogues, ProvinceTime provinceTime)
{
    // A measurement is at most this much older than its recording says: clocks of sources run ahead by up to five minutes.
    private static readonly TimeSpan EarliestBeforeMeasured = TimeSpan.FromMinutes(10);

    /// <summary>Returns, call by call, how many measurements were new or corrected and how many were known.</summary>
    public Task<IReadOnlyList<(int Accepted, int Duplicates)>> RunAsync(IReadOnlyList<QueuedCall> calls) =>
        database.RunAsync(transaction => RunAsync(transaction, calls), CancellationToken.None);

    private async Task<IReadOnlyList<(int Accepted, int Duplicates)>> RunAsync(NpgsqlTransaction transaction, IReadOnlyList<QueuedCall> calls)
    {
        var trusts = catalogues.Current.Trusts;
        var feeds = calls.GroupBy(c => c.Feed.Code, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new FeedIntake([.. g], trusts.ContainsKey(g.Key)))
            .ToList();

        var (health, heads) = await Read(transaction, feeds, calls);
        var cells = await FindKnown(transaction, calls, heads);
        var counts = new Dictionary<QueuedCall, (int, int)>();
        foreach (var feed in feeds) feed.Sort(cells, counts);

        await Write(transaction, feeds.FindAll(f => f.News.Count > 0), health, heads);
        await transaction.CommitAsync();
        return [.. calls.Select(c => counts[c])];
    }

    private static async Task<(Dictionary<string, FeedHealth> Health, Dictionary<int, SeriesHead> Heads)> Read(
        NpgsqlTransaction transaction, List<FeedIntake> feeds, IReadOnlyList<QueuedCall> calls)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var feed in feeds) batch.BatchCommands.Add(WriteLock.Take(WriteLock.OfFeed(feed.Code)));
        batch.BatchCommands.Add(FeedStateRows.Find([.. feeds.Select(f => f.Code)]));
        batch.BatchCommands.Add(HeadRows.Find([.. calls.SelectMany(c => c.Series).Distinct()]));
        await using var reader = await batch.ExecuteReaderAsync();
        for (var i = 0; i < feeds.Count; i++) await reader.NextResultAsync();
        var health = await FeedStateRows.ReadAsync(reader, CancellationToken.None);
        await reader.NextResultAsync();
        return (health, await HeadRows.ReadAsync(reader, CancellationToken.None));
    }

    /// <summary>What is newer than its series' current value was never received before: only the rest is looked up.</summary>
    private static async Task<Dictionary<(int Series, DateTimeOffset At), KnownCell>> FindKnown(
        NpgsqlTransaction transaction, IReadOnlyList<QueuedCall> calls, Dictionary<int, SeriesHead> heads)
    {
        var wanted = new HashSet<(int Series, DateTimeOffset At)>();
        foreach (var call in calls)
        {
            for (var i = 0; i < call.Series.Length; i++)
            {
                var at = call.Measurements[i].At;
                if (heads.TryGetValue(call.Series[i], out var head) && at <= head.TimeKey) wanted.Add((call.Series[i], at));
            }
        }

        if (wanted.Count == 0) return [];
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                KnownCell.FindMeasurements([.. wanted.Select(w => w.Series)], [.. wanted.Select(w => w.At)], wanted.Min(w => w.At) - EarliestBeforeMeasured),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        return (await KnownCell.ReadAsync(reader, CancellationToken.None)).ToDictionary(c => (c.Series, c.TimeKey));
    }

    private async Task Write(
        NpgsqlTransaction transaction, List<FeedIntake> feeds, Dictionary<string, FeedHealth> known, Dictionary<int, SeriesHead> heads)
    {
        if (feeds.Count == 0) return;
        var decisions = feeds.ConvertAll(feed => FeedDecider.Receive(
            known.GetValueOrDefault(feed.Code) ?? FeedHealth.Registered(feed.Code, feed.Rule, feed.ReceivedAt), feed.Event(), feed.Rule));
        var appended = await history.AppendAsync(
            transaction,
            [.. feeds.Select((feed, i) => (FeedKey.Of(feed.Code, feed.ReceivedAt, provinceTime), (IEnumerable<object>)decisions[i].Events))],
            CancellationToken.None);

        var observations = new ObservationBatch(heads);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        for (var i = 0; i < feeds.Count; i++)
        {
            feeds[i].Observe(observations, heads, appended[i].Single(e => e.Data is MeasurementsReceived).Sequence);
            batch.BatchCommands.Add(FeedStateRows.Put(decisions[i].Health));
            FeedLossRows.AddTo(batch, decisions[i].Events);
        }

        observations.WriteTo(batch);
        batch.BatchCommands.Add(ChangeRow.Put(feeds.Max(f => f.ReceivedAt), observations.Series, feeds: [.. feeds.Select(f => f.Code)]));
        await batch.ExecuteNonQueryAsync();
    }
}
