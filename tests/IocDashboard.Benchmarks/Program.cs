using IocDashboard.Benchmarks;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;

// Benchmarks start this program again as the server under measurement, and as its peer.
if (args is [Roles.Flag, var role, .. var rest]) return await Roles.RunAsync(role, rest);

IBenchmark[] benchmarks =
[
    new IngestReport(),
    new IngestFeed(),
    new AsOf(),
    new Sweep(),
    new MemoryDisplay(),
    new Pixels(),
    new Commit(),
    new ColdStart(),
    new ReadFile(),
    new FillSheet(),
];
return await BenchmarkRun.RunAsync(benchmarks, args);
