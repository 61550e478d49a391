using System.Diagnostics;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;

namespace IocDashboard.Benchmarks;

/// <summary>
/// How fast measurements stream in over HTTP, in calls of 1, 100 and 10,000 from 1, 8 and 64 sources of eight feeds; against
/// pgbench inserting one row per commit into a clone of the same table with as many clients.
/// </summary>
internal sealed class IngestFeed : IBenchmark
{
    private static readonly int[] CallSizes = [1, 100, 10_000];
    private static readonly AgencyPlan[] Feeds = [.. Enumerable.Range(1, 8).Select(i => new AgencyPlan($"BF{i:00}", Streams: true, Indicators: 4, Areas: 16))];

    private const string Insert = """
        \set series random(1, 512)
        insert into bench.observation (series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at, note)
        values (:series, clock_timestamp(), 'I', 1, 12.5, 2, 0, true, 1, clock_timestamp(), null);

        """;

    public string Name => "ingest-feed";
    public string Question => "Measurements in over HTTP in calls of 1, 100, 10,000 from 1, 8, 64 clients, against pgbench";

    public async Task RunAsync(BenchmarkContext context)
    {
        await using var database = await CentreDatabase.CreateAsync(context.Postgres, Feeds);
        await database.ExecuteAsync($"create schema bench; create table bench.observation (like observation_y{TimeProvider.System.GetUtcNow().Year} including all)");
        await using var server = await ServerProcess.StartCentreAsync(database);
        var loads = new List<MeasurementLoad>();
        for (var i = 0; i < 64; i++) loads.Add(await MeasurementLoad.CreateAsync(Feeds[i % Feeds.Length], i / Feeds.Length, database, server));
        foreach (var size in CallSizes) await SendAsync(loads.GetRange(0, 4), context.WarmUp / 2, size);

        foreach (var clients in context.Options.Quick ? [1, 8] : new[] { 1, 8, 64 })
        {
            // One round of all sizes after each round of the peer, which they share.
            var sides = CallSizes.Select<int, Func<Task<double>>>(size => () => SendAsync(loads.GetRange(0, clients), context.Block, size));
            var runs = await PairedRun.RunAsync(context.Pairs, [() => PeerAsync(context, database, clients), .. sides]);
            for (var i = 0; i < CallSizes.Length; i++)
                Report(context, $"ingest-feed {CallSizes[i]} × {clients} clients", new PairedRun(runs[i + 1], runs[0]), TargetFor(CallSizes[i], clients));
        }

        await CheckAsync(context, database, server, loads);
        foreach (var load in loads) load.Dispose();
    }

    // One row a call is what the peer does; larger calls need no target to beat it.
    private static Target? TargetFor(int size, int clients) => (size, clients) switch
    {
        (1, 1) => new Target(LeastRatio: 0.6),
        (1, 64) => new Target(LeastRatio: 2),
        _ => null,
    };

    private static void Report(BenchmarkContext context, string name, PairedRun run, Target? target) => context.Report(
        double.IsNaN(run.Peer)
            ? Result.Of(name, run.Value, "measurements/s", samples: run.Values)
            : Result.Of(name, run, "measurements/s", "pgbench -M prepared", target));

    private static async Task<double> PeerAsync(BenchmarkContext context, CentreDatabase database, int clients)
    {
        var rate = await PostgresStage.PgbenchAsync(database.ConnectionString, Insert, clients, context.Block);
        if (rate is null) context.Note("no pgbench on this machine (Debian: package postgresql): no comparison");
        return rate ?? double.NaN;
    }

    private static async Task<double> SendAsync(List<MeasurementLoad> loads, TimeSpan length, int size)
    {
        var before = loads.Sum(l => l.Accepted);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(loads.Select(async load =>
        {
            while (watch.Elapsed < length) await load.SendAsync(size);
        }));
        return (loads.Sum(l => l.Accepted) - before) / watch.Elapsed.TotalSeconds;
    }

    private static async Task CheckAsync(BenchmarkContext context, CentreDatabase database, ServerProcess server, List<MeasurementLoad> loads)
    {
        if (loads.Sum(l => l.TurnedAway) is > 0 and var turnedAway) context.Note($"{turnedAway} calls were turned away with 429 and came again");
        Arrivals.Equal("measurements", loads.Sum(l => l.Accepted), await database.CountAsync(
            "select count(*) from observation o join series s on s.id = o.series_id where s.indicator like 'BF%' and o.rhythm = 'I'"));
        await Arrivals.CheckSnapshotAsync(server, loads.SelectMany(l => l.Last).ToDictionary(StringComparer.Ordinal));
    }
}
