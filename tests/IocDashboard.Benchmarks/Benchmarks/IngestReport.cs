using System.Diagnostics;
using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;

namespace IocDashboard.Benchmarks;

/// <summary>
/// How fast reports come in, all the way: HTTP, JSON, validation, decision, event, rows, commit; against COPY of the same rows.
/// </summary>
internal sealed class IngestReport : IBenchmark
{
    private const int Clients = 1, ManyClients = 4;

    private static readonly AgencyPlan[] Large = [.. Enumerable.Range(1, 10).Select(i => new AgencyPlan($"BL{i:00}", Streams: false, Indicators: 10, Areas: 100))];
    private static readonly AgencyPlan[] Small = [.. Enumerable.Range(1, 20).Select(i => new AgencyPlan($"BS{i:00}", Streams: false, Indicators: 2, Areas: 100))];

    public string Name => "ingest-report";
    public string Question => "Reports in over HTTP at 200 and 1,000 values a message, against COPY of the same rows";

    public async Task RunAsync(BenchmarkContext context)
    {
        await using var database = await CentreDatabase.CreateAsync(context.Postgres, [.. Large, .. Small]);
        await SubmissionLoad.OpenReportsAsync(database, [.. Large, .. Small]);
        await using var server = await ServerProcess.StartCentreAsync(database);
        var large = await LoadsAsync(Large, database, server);
        var small = await LoadsAsync(Small, database, server);

        // The machine code of the hot path, the pools and the recent values of each series are those of a running centre.
        foreach (var load in large.Concat(small)) await load.SendAsync();
        await SendAsync(large, context.WarmUp, Clients);
        await SendAsync(small, context.WarmUp, Clients);
        var copyLarge = await CopyPeer.CreateAsync(database, "copy_large", large.Select(l => new[] { l.Reports[^1] }));
        var copySmall = await CopyPeer.CreateAsync(database, "copy_small", small.Chunk(5).Select(five => five.Select(l => l.Reports[^1]).ToArray()));

        var processor = await ProcessorTime.CreateAsync(database, server);
        await Measure("ingest-report 1000", large, copyLarge, Clients, new Target(LeastRatio: 0.3));
        await Measure("ingest-report 200", small, copySmall, Clients, target: null);
        await Measure($"ingest-report 1000, {ManyClients} clients", large, copyLarge, ManyClients, target: null);
        await Arrivals.CheckAsync(database, server, [.. large, .. small]);
        foreach (var load in large.Concat(small)) load.Dispose();

        async Task Measure(string name, SubmissionLoad[] loads, CopyPeer copy, int clients, Target? target)
        {
            List<(double, double, double, double)> ours = [], theirs = [];
            var run = await PairedRun.RunAsync(
                context.Pairs,
                () => processor.AddAsync(() => SendAsync(loads, context.Block, clients), ours),
                () => processor.AddAsync(() => copy.RunAsync(database, context.Block, clients), theirs));
            context.Report(Result.Of(name, run, "values/s", "COPY", target));
            var (mine, peer) = (ProcessorTime.PerThousand(ours), ProcessorTime.PerThousand(theirs));
            context.Report(Result.Of(
                name + ", processor", mine.Server + mine.Postgres, "ms/1,000 values", ratio: (mine.Server + mine.Postgres) / peer.Postgres, against: string.Create(
                    CultureInfo.InvariantCulture,
                    $"of it centre {Statistics.Round(mine.Server)}, PostgreSQL {Statistics.Round(mine.Postgres)}; COPY: PostgreSQL {Statistics.Round(peer.Postgres)} ms/1,000 values")));
        }
    }

    private static async Task<SubmissionLoad[]> LoadsAsync(AgencyPlan[] plans, CentreDatabase database, ServerProcess server)
    {
        var loads = new List<SubmissionLoad>();
        foreach (var plan in plans) loads.Add(await SubmissionLoad.CreateAsync(plan, database, server));
        return [.. loads];
    }

    /// <summary>Values a second. Each client goes round the agencies that are its own.</summary>
    private static async Task<double> SendAsync(SubmissionLoad[] loads, TimeSpan length, int clients)
    {
        var before = loads.Sum(l => l.Accepted);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            var mine = loads.Where((_, i) => i % clients == client).ToArray();
            for (var next = 0; watch.Elapsed < length; next++) await mine[next % mine.Length].SendAsync();
        }));
        return (loads.Sum(l => l.Accepted) - before) / watch.Elapsed.TotalSeconds;
    }
}
