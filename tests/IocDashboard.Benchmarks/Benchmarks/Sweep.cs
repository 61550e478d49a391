using System.Diagnostics;
using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Obligations;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Benchmarks;

/// <summary>How long a sweep takes that finds 100 reports newly overdue, and that it does not grow with all that are not.</summary>
internal sealed class Sweep : IBenchmark
{
    private const int Due = 100;

    public string Name => "sweep";
    public string Question => "100 reports newly overdue among 10⁴ and 10⁵ obligations (10⁶ with --large)";

    public async Task RunAsync(BenchmarkContext context)
    {
        await using var small = await Obligations.CreateAsync(context, 10_000);
        await MeasureAsync(context, small, 100_000);
        if (context.Options.Large) await MeasureAsync(context, small, 1_000_000);
    }

    private static async Task MeasureAsync(BenchmarkContext context, Obligations small, int size)
    {
        await using var large = await Obligations.CreateAsync(context, size);
        await large.SweepAsync();
        await small.SweepAsync();
        var (rounds, sweeps) = context.Options.Quick ? (2, 2) : (5, 6);
        var run = await PairedRun.RunAsync(rounds, () => large.MedianAsync(sweeps), () => small.MedianAsync(sweeps));
        context.Report(Result.Of(string.Create(CultureInfo.InvariantCulture, $"sweep {size:N0}"), run, "ms", "10,000 obligations", new Target(MostRatio: 1.3)));
    }

    private sealed class Obligations(CentreDatabase database, IocHost host, SweepReports sweep) : IAsyncDisposable
    {
        /// <summary>Half lie ahead; of the past ones a tenth is overdue already, the others were submitted.</summary>
        public static async Task<Obligations> CreateAsync(BenchmarkContext context, int count)
        {
            var database = await CentreDatabase.CreateAsync(context.Postgres, []);
            await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
                insert into report (id, form, agency, period, time_key, opened_at, opens_at, due_at, lock_at, state, punctuality, overdue_since, submitted_at, updated_at)
                select form || '/' || n, form, form, '2026-01-01', due - interval '1 day', due - interval '1 day', due - interval '1 day', due, now() + interval '1 year',
                       case when due > now() or overdue then 0 else 2 end, case when due > now() then 0 when overdue then 3 else 1 end,
                       case when due <= now() and overdue then due end, case when due <= now() and not overdue then due end, now()
                from (select n, 'F' || n % 60 as form, now() + (n - {count / 2}) * (interval '200 days' / {count}) + interval '1 hour' * sign(n - {count / 2}) as due, n % 10 = 0 as overdue
                      from generate_series(1, {count}) n) o
                """));
            await database.ExecuteAsync("vacuum analyze report");
            var host = await database.OpenAsync();
            return new(database, host, ActivatorUtilities.GetServiceOrCreateInstance<SweepReports>(host.Services));
        }

        public async Task<double> MedianAsync(int sweeps)
        {
            var samples = new List<double>(sweeps);
            for (var i = 0; i < sweeps; i++) samples.Add(await SweepAsync());
            return samples.Median();
        }

        /// <summary>Lets 100 deadlines pass and returns how many milliseconds the sweep took that recorded them.</summary>
        public async Task<double> SweepAsync()
        {
            await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
                update report set due_at = now() - random() * interval '1 second'
                where id in (select id from report where due_at > now() and overdue_since is null and submitted_at is null order by due_at limit {Due})
                """));
            var watch = Stopwatch.StartNew();
            var found = await sweep.Handle(TimeSpan.Zero, CancellationToken.None);
            var taken = watch.Elapsed.TotalMilliseconds;
            return found == Due ? taken : throw new InvalidOperationException($"{found} reports fell overdue, not {Due}.");
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
