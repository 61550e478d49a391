using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Catalogue;

/// <summary>The command as an operator runs it, over a database that a centre is running on.</summary>
public sealed class ImportCommandTests : IAsyncLifetime
{
    private readonly ReferenceFolder _folder = new();
    private readonly string _data = TestPaths.NewDirectory("import");
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
        TestPaths.Remove(_data);
    }

    [Fact]
    public async Task Import_OfAChangedFolder_SaysWhatItDidAndIsNoticedByARunningCentre()
    {
        _folder.Replace("indicators.csv", "CTK,province,last,-15,20,7,5,0,", "CTK,province,last,-15,20,8,5,0,");

        var dry = await RunAsync("--dir", _folder.Directory, "--dry-run");
        var done = await RunAsync("--dir", _folder.Directory, "--document", "Quyết định 9/QĐ-UBND");
        var again = await RunAsync("--dir", _folder.Directory);

        dry.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0), r => r.Output.ShouldContain("revised indicator/KT01"), r => r.Output.ShouldContain("would"));
        done.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0), r => r.Output.ShouldContain("revised indicator/KT01"));
        again.ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0), r => r.Output.ShouldContain("Nothing changed"));
        for (var i = 0; i < 100 && Target() != 8m; i++) await Task.Delay(100);
        Target().ShouldBe(8m);
    }

    [Fact]
    public async Task Import_OfAFaultyFolder_NamesEveryFaultAndFails()
    {
        _folder.Replace("indicators.csv", ",KBNN,district,", ",KHONGCO,district,").Replace("holidays.csv", "2020-01-01,", "2020-13-01,");

        var (exitCode, output) = await RunAsync("--dir", _folder.Directory);

        exitCode.ShouldBe(1);
        output.ShouldContain("indicators.csv, line 10, column agency_code: there is no agency “KHONGCO”");
        output.ShouldContain("holidays.csv, line 2, column date:");
        output.ShouldContain("Nothing was imported: 2 errors.");
    }

    [Fact]
    public async Task Import_WithAnUnknownOption_ShowsItsUsage()
    {
        var (exitCode, output) = await RunAsync("--folder", "x");

        exitCode.ShouldBe(2);
        output.ShouldContain("--structure-of");
    }

    private decimal? Target() =>
        ((Web.Features.Catalogue.CatalogueCache)_host.Services.GetService(typeof(Web.Features.Catalogue.CatalogueCache))!).Current.Indicators["KT01"].Thresholds.TargetLow;

    private Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => IocProcess.RunAsync(
        _data, ["import", .. arguments], new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Ioc"] = _host.ConnectionString, ["LANG"] = "C.UTF-8" });
}
