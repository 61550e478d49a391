using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;
using Quartz;

namespace IocDashboard.Benchmarks;

/// <summary>
/// How long it takes to find 100 reports newly overdue, to take 100 steps of the ladder and to lay out those of 100 new reports, and that it
/// does not grow with all that is not due; and how soon after its deadline a report is seen to be overdue, with the scheduler running.
/// </summary>
internal sealed class Sweep : IBenchmark
{
    private const int Small = 10_000;

    public string Name => "sweep";
    public string Question => "100 reports newly overdue, steps taken and planned among 10⁴ and 10⁵ obligations (10⁶ with --large); seconds from deadline to flag";

    public async Task RunAsync(BenchmarkContext context)
    {
        await MeasureAsync(context, 100_000);
        if (context.Options.Large) await MeasureAsync(context, 1_000_000);
    }

    private static async Task MeasureAsync(BenchmarkContext context, int size)
    {
        await using var large = await ObligationStage.CreateAsync(context, size);
        // Each has a peer of its own: the measurements use most of what lies ahead of it up.
        await using var small = await ObligationStage.CreateAsync(context, Small);
        await large.RestAsync();
        await small.RestAsync();
        await CompareAsync("sweep", s => s.SweepAsync(), new Target(MostRatio: 1.3));
        await CompareAsync("take steps", s => s.TakeAsync(), new Target(MostRatio: 1.3));
        await StrikeAsync(context, large, size);
        await large.RestAsync();
        await small.RestAsync();
        await CompareAsync("plan steps", s => s.PlanAsync(), target: null);

        async Task CompareAsync(string name, Func<ObligationStage, Task<double>> act, Target? target)
        {
            foreach (var stage in new[] { large, small }) await act(stage);
            var (rounds, samples) = context.Options.Quick ? (2, 2) : (7, 6);
            var run = await PairedRun.RunAsync(rounds, () => MedianAsync(large), () => MedianAsync(small));
            context.Report(Result.Of(Named(name, size), run, "ms", "10,000 obligations", target));

            async Task<double> MedianAsync(ObligationStage stage)
            {
                var taken = new List<double>(samples);
                for (var i = 0; i < samples; i++) taken.Add(await act(stage));
                return taken.Median();
            }
        }
    }

    /// <summary>The slowest of the rounds must do: a deadline is noticed within the second, not usually so.</summary>
    private static async Task StrikeAsync(BenchmarkContext context, ObligationStage stage, int size)
    {
        var scheduler = await stage.ScheduleAsync();
        var (flagged, told) = (new List<double>(), new List<double>());
        await stage.StrikeAsync(TimeSpan.FromSeconds(20));
        for (var round = context.Options.Quick ? 2 : 12; round > 0; round--)
        {
            // At any moment between two firings.
            var seen = await stage.StrikeAsync(TimeSpan.FromSeconds(3 + Random.Shared.NextDouble()));
            flagged.Add(seen.Flagged);
            told.Add(seen.Told);
        }

        await scheduler.Shutdown(waitForJobsToComplete: true);
        context.Report(Result.Of(Named("deadline to flag", size), flagged.Max(), "ms", new Target(MostValue: 1_000, Unit: "ms"), flagged));
        context.Report(Result.Of(Named("deadline to notice", size), told.Max(), "ms", samples: told));
    }

    private static string Named(string what, int size) => string.Create(CultureInfo.InvariantCulture, $"{what} {size:N0}");
}
