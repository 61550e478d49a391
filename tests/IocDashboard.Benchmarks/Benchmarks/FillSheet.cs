using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Benchmarks;

/// <summary>
/// A form of 2,000 cells at an agency's desk: from the click to a grid that takes keys, and how long the page's main thread is busy
/// with each keystroke, while what was typed is saved and judged beside it.
/// </summary>
internal sealed class FillSheet : IBenchmark
{
    private const string UserName = "bench.sheet", Password = "Sông Thu Bồn mùa lũ";

    public string Name => "sheet";
    public string Question => "A form of 2,000 cells: from the click to its first key, and the main thread's time for a keystroke";

    public async Task RunAsync(BenchmarkContext context)
    {
        var (openings, keys) = context.Options.Quick ? (2, 20) : (7, 200);
        await using var screens = await Screens.StartAsync();
        if (screens is null)
        {
            context.Note("no Chromium on this machine (Debian: package chromium): not measured");
            return;
        }

        var plan = new AgencyPlan("BSHEET", Streams: false, Indicators: 20, Areas: 100);
        await using var database = await CentreDatabase.CreateAsync(context.Postgres, [plan]);
        await using (var host = await database.OpenAsync())
        {
            using var scope = host.Services.CreateScope();
            var refused = await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(UserName, Password, Web.Platform.Access.Roles.AgencyReporter, plan.Code);
            if (refused.Count > 0) throw new InvalidOperationException(string.Join("; ", refused));
        }

        await using var server = await ServerProcess.StartCentreAsync(database);
        var period = ReportingPeriod.Containing(Rhythm.Daily, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(7)));
        await using var desk = await screens.OpenDeskAsync(server.Address, UserName, Password);
        var path = $"/portal/reports/{plan.FormOrFeed}/{period}";
        await desk.OpenSheetAsync(path);
        List<double> opened = [];
        for (var i = 0; i < openings; i++) opened.Add(await desk.OpenSheetAsync(path));
        var cells = await desk.CountCellsAsync();
        if (cells != plan.Indicators * plan.Areas) throw new InvalidOperationException($"The sheet shows {cells} cells.");

        var busy = await desk.TypeAsync(keys);
        await desk.ReloadAndCheckAsync(path, keys);
        context.Note(string.Create(CultureInfo.InvariantCulture, $"{cells} cells, {busy.Count} keystrokes, all of them found again after a reload"));
        context.Report(Result.Of("sheet opens", opened.Median(), "ms", new Target(MostValue: 1_000, Unit: "ms"), opened));
        context.Report(Result.Of("sheet keystroke p50", busy.Median(), "ms", samples: busy));
        context.Report(Result.Of("sheet keystroke p99", busy.Quantile(0.99), "ms", new Target(MostValue: 50, Unit: "ms")));
    }
}
