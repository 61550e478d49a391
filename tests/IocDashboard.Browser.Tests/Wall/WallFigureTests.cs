using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Wall;

/// <summary>The main job: what an agency reports stands on the wall a moment later, in the words of its reader.</summary>
public sealed class WallFigureTests : BrowserTest
{
    // The target is one second; the limit leaves room for a machine with other work.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("vi", 94.6, "94,6")]
    [InlineData("en", 95.2, "95.2")]
    public async Task Report_Acknowledged_StandsOnTheWallAtOnce(string language, double value, string shown)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenWallAsync(centre, language);

        var waiting = page.WaitForValueAsync("GD04", shown);
        var acknowledged = await centre.Reporter.SubmitAsync("SGDDT-D", "2026-11-22", ("GD04", "QNM", (decimal)value));

        Judge("report", language, acknowledged, await waiting);
        await Expect(page.Tile("GD04").Locator(".tile-unit")).ToHaveTextAsync("%");
        await Expect(page.Tile("GD04").Locator("data")).ToHaveAttributeAsync("value", value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("vi", 377.5, "377,5")]
    [InlineData("en", 366.5, "366.5")]
    public async Task Measurement_Acknowledged_StandsOnTheWallAtOnce(string language, double value, string shown)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenWallAsync(centre, language);

        var waiting = page.WaitForValueAsync("CN06", shown);
        var acknowledged = await centre.Reporter.MeasureAsync("PCQN-RT", "PCQN", "CN06", "QNM", centre.Clock.GetUtcNow(), (decimal)value);

        Judge("measurement", language, acknowledged, await waiting);
        await Expect(page.Tile("CN06").Locator(".tile-unit")).ToHaveTextAsync("MW");
    }

    private async Task<IPage> OpenWallAsync(DemoCentre centre, string language)
    {
        var page = await OpenAsync(centre.Address, language == "vi" ? "/wall" : "/wall?lang=en");
        await page.WaitForLinkAsync("live");
        return page;
    }

    private static void Judge(string what, string language, DateTimeOffset acknowledged, DateTimeOffset shown)
    {
        var took = shown - acknowledged;
        Report(string.Create(CultureInfo.InvariantCulture, $"{what}, {language}: on the wall {took.TotalMilliseconds:0} ms after its acknowledgement"));
        took.ShouldBeLessThan(Limit);
    }
}
