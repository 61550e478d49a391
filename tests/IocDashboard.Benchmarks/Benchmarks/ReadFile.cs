using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Documents.Forms.Reading;
using IocDashboard.Web.Documents.Forms.Templates;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Benchmarks;

/// <summary>How long a file of 50,000 rows takes to be read and judged, and how much memory the centre needs for it.</summary>
internal sealed class ReadFile : IBenchmark
{
    private static readonly AgencyPlan Plan = new("BF01", Streams: false, Indicators: 1, Areas: 50_000);

    public string Name => "file";
    public string Question => "A workbook and a CSV of 50,000 rows read and judged: time, memory, progress";

    public async Task RunAsync(BenchmarkContext context)
    {
        await using var database = await CentreDatabase.CreateAsync(context.Postgres, [Plan]);
        await using var host = await database.OpenAsync();
        await host.Services.GetRequiredService<OpenObligations>().Handle(CancellationToken.None);
        var time = host.Services.GetRequiredService<ProvinceTime>();
        var report = ReportKey.Of(Plan.FormOrFeed, Plan.Code, ReportingPeriod.Containing(Rhythm.Daily, time.DayOf(TimeProvider.System.GetUtcNow())));
        var seen = await host.Services.GetRequiredService<FindSheet>().Handle(report, AgencyScope.Of(Plan.Code), CancellationToken.None)
            ?? throw new InvalidOperationException($"{report} was not opened.");
        var template = new FormTemplate(
            host.Services.GetRequiredService<CatalogueCache>().Current, Filled(seen), NumberFormat.Vietnamese, CultureInfo.GetCultureInfo("vi-VN"));
        foreach (var (name, file) in new[] { ("workbook", XlsxTemplate.Write(template)), ("csv", CsvTemplate.Write(template)) })
        {
            context.Note(string.Create(CultureInfo.InvariantCulture, $"{name}: {file.Length / 1024} KiB"));
            await MeasureAsync(context, host.Services, report, name, file);
        }
    }

    private static async Task MeasureAsync(BenchmarkContext context, IServiceProvider services, string report, string name, byte[] file)
    {
        var (seconds, megabytes, steps) = (new List<double>(), new List<double>(), 0);
        for (var run = 0; run <= (context.Options.Quick ? 1 : context.Pairs); run++)
        {
            await using var memory = new PeakMemory();
            var watch = Stopwatch.StartNew();
            var progress = new Steps();
            var read = services.GetRequiredService<FormFileReader>().Read(file, progress, CancellationToken.None);
            var preview = await services.GetRequiredService<PreviewFileHandler>().Handle(report, read, AgencyScope.Of(Plan.Code), "bench", CancellationToken.None);
            watch.Stop();
            if (preview.ToWrite != Plan.Areas) throw new InvalidOperationException($"{preview.ToWrite} of {Plan.Areas} rows were accepted: {preview.Faults.FirstOrDefault()?.Code}");
            // The first run compiles.
            if (run == 0) continue;
            seconds.Add(watch.Elapsed.TotalSeconds);
            megabytes.Add(memory.Growth());
            steps = progress.Count;
        }

        context.Report(Result.Of(
            $"file 50,000 rows, {name}", seconds.Median(), "s", new Target(MostValue: 10, Unit: "s"), seconds,
            string.Create(CultureInfo.InvariantCulture, $"progress told {steps} times")));
        context.Report(Result.Of($"file 50,000 rows, {name}, memory above rest", megabytes.Max(), "MB", new Target(MostValue: 300, Unit: "MB"), megabytes));
    }

    /// <summary>The sheet as if every cell had been typed: its template then is a file filled in.</summary>
    private static SeenSheet Filled(SeenSheet seen) => seen with
    {
        Cells = seen.Keys.Select((key, i) => new SheetCell(key, "", 1.25m + i, ObservationStatus.Provisional, i % 10 == 0 ? "Đã đối chiếu " + i : null, 1, "bench", default))
            .ToFrozenDictionary(c => c.Key),
    };

    /// <summary>Told in place: a Progress would be told on another thread, later.</summary>
    private sealed class Steps : IProgress<FileProgress>
    {
        public int Count { get; private set; }

        public void Report(FileProgress value) => Count++;
    }

    /// <summary>The process's memory at its highest above what it had before, looked at every few milliseconds.</summary>
    private sealed class PeakMemory : IAsyncDisposable
    {
        private const double Megabyte = 1024 * 1024;

        private readonly CancellationTokenSource _over = new();
        private readonly Process _process = Process.GetCurrentProcess();
        private readonly long _before;
        private readonly Task _looking;
        private long _highest;

        public PeakMemory()
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _before = _highest = Now();
            _looking = Task.Run(async () =>
            {
                while (!_over.IsCancellationRequested)
                {
                    _highest = Math.Max(_highest, Now());
                    await Task.Delay(5);
                }
            });
        }

        public double Growth() => (Math.Max(_highest, Now()) - _before) / Megabyte;

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            await _looking;
            _over.Dispose();
            _process.Dispose();
        }

        private long Now()
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }
}
