using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;

namespace IocDashboard.Benchmarks;

/// <summary>What one more display costs the server's memory, against one more connection to a bare SignalR hub.</summary>
internal sealed class MemoryDisplay : IBenchmark
{
    private const double Kilobyte = 1024;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    public string Name => "memory-display";
    public string Question => "Server memory per display, slope over 100 to 2,000, against a bare hub connection";

    public async Task RunAsync(BenchmarkContext context)
    {
        int[] steps = context.Options.Quick ? [100, 300, 500] : [100, 575, 1050, 1525, 2000];
        await using var database = await CentreDatabase.CreateAsync(context.Postgres, []);
        List<double> heap = [], heapPeer = [], whole = [], wholePeer = [];
        for (var run = 0; run < (context.Options.Quick ? 1 : 3); run++)
        {
            await using var centre = await ServerProcess.StartCentreAsync(database);
            await using var bare = await ServerProcess.StartBareHubAsync();
            await using var displays = new Displays(centre.Hub);
            await using var connections = new Displays(bare.Hub);
            var (ours, theirs) = (new List<(int Count, long Heap, long Private)>(), new List<(int Count, long Heap, long Private)>());
            foreach (var step in steps)
            {
                await displays.ConnectAsync(step);
                await connections.ConnectAsync(step);
                await Task.Delay(Settle);
                ours.Add(await MeasureAsync(centre, step));
                theirs.Add(await MeasureAsync(bare, step));
            }

            heap.Add(SlopeOf(ours, m => m.Heap));
            heapPeer.Add(SlopeOf(theirs, m => m.Heap));
            whole.Add(SlopeOf(ours, m => m.Private));
            wholePeer.Add(SlopeOf(theirs, m => m.Private));
        }

        var target = new Target(MostRatio: 1.5, MostValue: 60, Unit: "KB");
        context.Report(Result.Of("memory-display heap", new PairedRun(heap, heapPeer), "KB", "bare hub", target));
        context.Report(Result.Of("memory-display private", new PairedRun(whole, wholePeer), "KB", "bare hub", target));
    }

    private static async Task<(int Count, long Heap, long Private)> MeasureAsync(ServerProcess server, int count)
    {
        var (heap, whole) = await server.MemoryAsync();
        return (count, heap, whole);
    }

    private static double SlopeOf(List<(int Count, long Heap, long Private)> measured, Func<(int Count, long Heap, long Private), long> bytes) =>
        Statistics.Slope([.. measured.Select(m => ((double)m.Count, bytes(m) / Kilobyte))]);
}
