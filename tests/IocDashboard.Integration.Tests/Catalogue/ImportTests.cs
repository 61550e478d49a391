using System.Diagnostics;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Catalogue;

public sealed class ImportTests : IAsyncLifetime
{
    private readonly ReferenceFolder _folder = new();
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EmptyDatabase_AtStart_HoldsTheShippedReference()
    {
        var catalogue = Cache.Current;

        catalogue.IndicatorList.Length.ShouldBe(122);
        catalogue.SeriesById.Count.ShouldBe(catalogue.FormList.SelectMany(f => f.Indicators).Concat(catalogue.FeedList.SelectMany(f => f.Indicators)).Sum(c => c.Areas.Length));
        catalogue.AreaList[0].Code.ShouldBe(Area.ProvinceCode);
        catalogue.Calendar.IsWorkingDay(new DateOnly(2026, 2, 17)).ShouldBeFalse();
        (await CountAsync("select count(*)::int from feed_state")).ShouldBe(catalogue.FeedList.Length);
        (await EventsAsync("indicator/KT01")).ShouldHaveSingleItem().ShouldBeOfType<IndicatorAdded>().Decision.Authority.ShouldBe("UBND");
    }

    [Fact]
    public async Task Import_Twice_ChangesNothing()
    {
        var before = await StateAsync();

        var outcome = await ImportAsync();

        outcome.Findings.ShouldBeEmpty();
        outcome.Changed.ShouldBeFalse();
        outcome.Unchanged.ShouldBe(Cache.Current.IndicatorList.Length + Cache.Current.AgencyList.Length + Cache.Current.FormList.Length + Cache.Current.FeedList.Length);
        (await StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Import_WithOneRevision_AppendsOneEventAndRenewsTheCatalogue()
    {
        _folder.Replace("indicators.csv", "CTK,province,last,-15,20,7,5,0,", "CTK,province,last,-15,20,8,5,0,");

        var outcome = await ImportAsync();

        outcome.Revised.ShouldBe(["indicator/KT01"]);
        outcome.Added.ShouldBeEmpty();
        (await EventsAsync("indicator/KT01")).Count.ShouldBe(2);
        (await EventsAsync("indicator/KT01"))[1].ShouldBeOfType<IndicatorRevised>().Decision.Document.ShouldBe("Quyết định 1/QĐ-UBND");
        Cache.Current.Indicators["KT01"].Thresholds.TargetLow.ShouldBe(8m);
        (await CountAsync("select count(*)::int from change where catalogue")).ShouldBe(3, "the first import, the shipped rules, and this one");
    }

    [Fact]
    public async Task Import_WithANewStation_RevisesTheFeedAndAddsSeriesAndArea()
    {
        var series = Cache.Current.SeriesById.Count;
        _folder.Append("areas.csv", "RAIN-PHUNINH,Trạm đo mưa Phú Ninh,Phú Ninh rain gauge,Phú Ninh,Phú Ninh,rain_station,PNH,,,TT01 TT02,");

        var outcome = await ImportAsync();

        outcome.Revised.ShouldBe(["feed/DKTTV-H", "feed/DKTTV-RT"], ignoreOrder: true);
        outcome.NewSeries.ShouldBe(2);
        Cache.Current.SeriesById.Count.ShouldBe(series + 2);
        Cache.Current.Areas["RAIN-PHUNINH"].ShortName.Vi.ShouldBe("Phú Ninh");
    }

    [Fact]
    public async Task Import_WithFindings_ImportsNothing()
    {
        var before = await StateAsync();
        _folder.Replace("indicators.csv", "CTK,province,last,-15,20,7,5,0,", "CTK,province,last,-15,20,8,5,0,").Replace("holidays.csv", "2020-01-01,", "2020-13-01,");

        var outcome = await ImportAsync();

        outcome.Findings.ShouldHaveSingleItem();
        (await StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Import_DryRun_TellsAndChangesNothing()
    {
        var before = await StateAsync();
        _folder.Replace("indicators.csv", "CTK,province,last,-15,20,7,5,0,", "CTK,province,last,-15,20,8,5,0,");

        var outcome = await ImportAsync(dryRun: true);

        outcome.Revised.ShouldBe(["indicator/KT01"]);
        (await StateAsync()).ShouldBe(before);
        Cache.Current.Indicators["KT01"].Thresholds.TargetLow.ShouldBe(7m);
    }

    [Fact]
    public async Task Import_WithoutAHeldIndicator_KeepsItAndSaysSo()
    {
        var path = Path.Combine(_folder.Directory, "indicators.csv");
        await File.WriteAllLinesAsync(path, (await File.ReadAllLinesAsync(path)).Where(l => !l.StartsWith("VH07,", StringComparison.Ordinal)));

        var outcome = await ImportAsync();

        outcome.Absent.ShouldBe(["indicator/VH07"]);
        Cache.Current.Indicators.ShouldContainKey("VH07");
    }

    [Fact]
    public async Task Import_WithAssignment_MovesTheFormsThatDiffer()
    {
        var outcome = await Handler.Handle(_folder.Import() with { AssignedFrom = new DateOnly(2025, 1, 1) }, CancellationToken.None);

        outcome.Revised.Length.ShouldBe(Cache.Current.FormList.Length);
        Cache.Current.FormList.ShouldAllBe(f => f.AssignedFrom == new DateOnly(2025, 1, 1));

        (await ImportAsync()).Changed.ShouldBeFalse("an import that names no assignment leaves it as it is");
    }

    [Fact]
    public async Task Catalogue_Whole_LoadsWithinItsLimit()
    {
        var loader = _host.Services.GetRequiredService<CatalogueLoader>();
        await loader.LoadAsync(CancellationToken.None);
        var watch = Stopwatch.StartNew();

        await loader.LoadAsync(CancellationToken.None);

        TestContext.Current.TestOutputHelper?.WriteLine($"loaded in {watch.ElapsedMilliseconds} ms");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3), "300 ms on a quiet machine");
    }

    private CatalogueCache Cache => _host.Services.GetRequiredService<CatalogueCache>();

    private ImportCatalogueHandler Handler => _host.Services.GetRequiredService<ImportCatalogueHandler>();

    private Task<ImportOutcome> ImportAsync(bool dryRun = false) => Handler.Handle(_folder.Import(dryRun), CancellationToken.None);

    private async Task<string> StateAsync()
    {
        await using var command = _host.Database.CreateCommand("""
            select (select count(*) from history.mt_events where stream_id similar to '(indicator|agency|form|feed)/%') || ' '
                || (select md5(string_agg(stream || body::text, ',' order by stream)) from catalogue_item) || ' '
                || (select md5(string_agg(a::text, ',' order by code)) from area a) || ' '
                || (select md5(string_agg(c::text, ',' order by day, recorded_at)) from calendar_day c) || ' '
                || (select count(*) from series) || ' ' || (select count(*) from change where catalogue)
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<int> CountAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return (int)(await command.ExecuteScalarAsync())!;
    }

    private async Task<IReadOnlyList<object>> EventsAsync(string stream)
    {
        await using var session = _host.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return [.. (await session.Events.FetchStreamAsync(stream)).Select(e => e.Data)];
    }
}
