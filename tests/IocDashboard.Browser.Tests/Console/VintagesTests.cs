using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>One figure from estimate to final: its vintages are steps of a chart, and the lines of a table beside it.</summary>
public sealed class VintagesTests : BrowserTest
{
    private const string Period = "2026-11";

    [Fact]
    public async Task Figure_FromEstimateToFinal_IsChartedStepByStep()
    {
        var centre = await DemoCentre.Shared;
        var catalogue = centre.Host.Services.GetRequiredService<CatalogueCache>().Current;
        // Of a monthly form that no other test reports, and that nobody has reported for a month that is not over.
        var form = catalogue.FormList.First(f => f.Rhythm == Rhythm.Monthly && f.Agency is not ("SYT" or "STTTT" or "SGDDT") &&
            f.Indicators.All(i => catalogue.Indicators[i.Code] is { Sharing: SharingClass.Default } of && of.DeadlineRule.StartsWith("end+", StringComparison.Ordinal)) && f.Indicators[0].Areas.Contains(Area.ProvinceCode));
        var indicator = catalogue.Indicators[form.Indicators[0].Code];
        var middle = decimal.Round((indicator.PlausibleMin + indicator.PlausibleMax) / 2, indicator.Decimals);
        var unit = (decimal)Math.Pow(10, -indicator.Decimals);
        foreach (var (status, steps) in new[] { ("estimated", 0), ("provisional", 3), ("final", 2) })
        {
            await centre.Reporter.SubmitAsAsync(status, form.Code, Period, (indicator.Code, Area.ProvinceCode, middle + (steps * unit)));
            // Vintages of one second would stand on one line.
            await Task.Delay(1_100);
        }

        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "xem.chuoi", Roles.Supervisor, "IOC");
        await page.GoAsync(centre, $"/console/indicators/{indicator.Code}");

        var lines = page.Locator(".vnt tbody tr");
        await Expect(lines).ToHaveCountAsync(3, new() { Timeout = 30_000 });
        foreach (var (line, said) in new[] { (0, "ước tính"), (1, "sơ bộ"), (2, "chính thức") }) await Expect(lines.Nth(line).Locator("td").Nth(2)).ToContainTextAsync(said, new() { IgnoreCase = true });
        var points = page.Locator("svg.ch .pt-text");
        await Expect(points).ToHaveCountAsync(3);
        await Expect(page.Locator("svg.ch .pt-text[r='4']")).ToHaveCountAsync(1);
        var at = await points.EvaluateAllAsync<double[][]>("all => all.map(p => [+p.getAttribute('cx'), +p.getAttribute('cy')])");
        at[0][0].ShouldBeLessThan(at[1][0]);
        at[1][0].ShouldBeLessThan(at[2][0]);
        // The middle one is the highest: on a screen, the smallest.
        at[1][1].ShouldBeLessThan(at[2][1]);
        at[2][1].ShouldBeLessThan(at[0][1]);
        await Expect(page.Locator("svg.ch[aria-label]").First).ToHaveAttributeAsync("role", "img");
    }
}
