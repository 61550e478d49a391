using System.Diagnostics;
using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Live.Board;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Benchmarks;

/// <summary>How long the board of an instant in the past takes to read for 500 series, and that a longer history costs no more.</summary>
internal sealed class AsOf : IBenchmark
{
    private const int SeriesCount = 500, MostStreams = 60, MostDaily = 40;

    public string Name => "as-of";
    public string Question => "The board as of an instant, 500 series, among 10⁵ and 10⁶ observations (10⁷ with --large)";

    public async Task RunAsync(BenchmarkContext context)
    {
        await using var small = await History.CreateAsync(context, context.Options.Quick ? 10_000 : 100_000);
        await MeasureAsync(context, small, context.Options.Quick ? 100_000 : 1_000_000);
        if (context.Options.Large) await MeasureAsync(context, small, 10_000_000);
    }

    private static async Task MeasureAsync(BenchmarkContext context, History small, long size)
    {
        await using var large = await History.CreateAsync(context, size);
        var (rounds, reads) = context.Options.Quick ? (2, 10) : (10, 30);
        for (var i = 0; i < 10; i++) await Task.WhenAll(small.ReadAsync(), large.ReadAsync());
        var (all, smallAll) = (new List<double>(), new List<double>());
        var run = await PairedRun.RunAsync(rounds, () => large.MedianAsync(reads, all), () => small.MedianAsync(reads, smallAll));
        var name = string.Create(CultureInfo.InvariantCulture, $"as-of {large.Rows:N0}");
        context.Report(Result.Of(name, run, "ms", string.Create(CultureInfo.InvariantCulture, $"{small.Rows:N0} observations"), new Target(MostRatio: 1.5)));
        context.Report(Result.Of(name + " p95", all.Quantile(0.95), "ms", new Target(MostValue: 150, Unit: "ms"),
            against: string.Create(CultureInfo.InvariantCulture, $"{small.Rows:N0} observations p95: {Statistics.Round(smallAll.Quantile(0.95))} ms")));
    }

    /// <summary>The application over a database with that much history; nothing of it runs.</summary>
    private sealed class History(CentreDatabase database, IocHost host, AsOfBoards boards, long rows) : IAsyncDisposable
    {
        private readonly Random _random = new(7);

        public long Rows => rows;

        public static async Task<History> CreateAsync(BenchmarkContext context, long observations)
        {
            var database = await CentreDatabase.CreateAsync(context.Postgres, []);
            var host = await database.OpenAsync();
            var whole = host.Services.GetRequiredService<CatalogueCache>().Current;
            var catalogue = new CatalogueSnapshot(
                whole.IndicatorList, whole.AgencyList, whole.AreaList, whole.FormList, whole.FeedList, Choose(whole), whole.Calendars);
            host.Services.GetRequiredService<CatalogueCache>().Replace(catalogue);
            var rows = await RecordedHistory.WriteAsync(database, catalogue, observations);
            context.Note(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} observations of {catalogue.SeriesById.Count} series are ready"));
            return new(database, host, host.Services.GetRequiredService<AsOfBoards>(), rows);
        }

        /// <summary>Every rhythm; few enough daily series that half of even the smaller history are measurements.</summary>
        private static IEnumerable<Series> Choose(CatalogueSnapshot catalogue)
        {
            var byId = catalogue.SeriesById.Values.OrderBy(s => s.Id).ToLookup(s => catalogue.Indicators[s.Indicator].Rhythm switch
            {
                var rhythm when rhythm.IsStreamed() => 0,
                Rhythm.Daily => 1,
                _ => 2,
            });
            return byId[0].Take(MostStreams).Concat(byId[1].Take(MostDaily)).Concat(byId[2]).Take(SeriesCount);
        }

        public async Task<double> MedianAsync(int reads, List<double> all)
        {
            var samples = new List<double>(reads);
            for (var i = 0; i < reads; i++) samples.Add(await ReadAsync());
            all.AddRange(samples);
            return samples.Median();
        }

        /// <summary>Milliseconds for one board of a random instant of the two years.</summary>
        public async Task<double> ReadAsync()
        {
            var at = TimeProvider.System.GetUtcNow().AddDays(-1 - (_random.NextDouble() * 690));
            var watch = Stopwatch.StartNew();
            var board = await boards.ReadAsync(at, CancellationToken.None);
            var taken = watch.Elapsed.TotalMilliseconds;
            if (board.Figures.Values.All(f => f.TimeKey is null)) throw new InvalidOperationException($"The board of {at:O} is empty.");
            return taken;
        }

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
