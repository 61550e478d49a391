using System.Diagnostics;
using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Wall;

/// <summary>The server dies and comes back: the wall says so, shows nothing as current meanwhile, and mends itself.</summary>
public sealed class WallOutageTests(MortalCentre centre) : BrowserTest, IClassFixture<MortalCentre>
{
    private static readonly TimeSpan StaleWithin = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Wall_WhenTheServerIsKilled_LooksStaleAndComesBackByItself()
    {
        await centre.ReportAttendanceAsync(93.1m);
        var screen = await OpenScreenAsync(centre.Address, "/wall");
        var page = screen.Page;
        await page.WaitForLinkAsync("live");
        await page.WaitForValueAsync("GD04", "93,1");
        await Expect(page.Locator("[data-live=link]")).ToHaveTextAsync("Trực tuyến");
        var kept = await page.Tile("GD04").InnerHTMLAsync();

        screen.ServerMayBeAway();
        var died = Stopwatch.StartNew();
        await centre.Process.KillAsync();
        await page.WaitForLinkAsync("lost", (int)StaleWithin.TotalSeconds);
        Report(string.Create(CultureInfo.InvariantCulture, $"wall: stale {died.Elapsed.TotalSeconds:0.0} s after the kill"));

        await LooksStaleAsync(page);
        await AgesGoOnAsync(page);
        (await page.FindLayoutFaultsAsync()).ShouldBeEmpty();
        (await page.Tile("GD04").InnerHTMLAsync()).Length.ShouldBeInRange(kept.Length - 50, kept.Length + 50, "the last frame is kept");

        var restart = Stopwatch.StartNew();
        await centre.Process.StartAgainAsync();
        var ready = restart.Elapsed;
        await page.WaitForLinkAsync("live", 60);
        Report(string.Create(CultureInfo.InvariantCulture, $"wall: live again {(restart.Elapsed - ready).TotalSeconds:0.0} s after the server was ready ({ready.TotalSeconds:0.0} s)"));
        await Expect(page.Locator("[data-live=link]")).ToBeVisibleAsync();
        await Expect(page.Tile("GD04").Locator("data")).ToHaveTextAsync("93,1");

        var waiting = page.WaitForValueAsync("GD04", "92,8");
        var acknowledged = await centre.ReportAttendanceAsync(92.8m);
        var took = await waiting - acknowledged;
        Report(string.Create(CultureInfo.InvariantCulture, $"wall: a report after the restart is shown {took.TotalMilliseconds:0} ms after its acknowledgement"));
    }

    private static async Task LooksStaleAsync(IPage page)
    {
        await Expect(page.Locator(".bar-lost")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-live=lost]")).ToContainTextAsync("Mất kết nối");
        await Expect(page.Locator("[data-live=kept]")).ToContainTextAsync("Đang giữ khung hình cuối");
        await Expect(page.Locator("[data-live=link]")).ToBeHiddenAsync();

        // Every panel is hatched and without hue.
        var current = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll(".tile, .panel, .alarm, .alarm-none")]
                .filter(e => !getComputedStyle(e, "::after").backgroundImage.includes("gradient")
                    || !getComputedStyle(e.closest(".stage, .alarms")).filter.includes("grayscale(1)"))
                .map(e => e.className + " " + e.textContent.trim())
            """);
        current.ShouldBeEmpty();
    }

    private static async Task AgesGoOnAsync(IPage page)
    {
        var before = await page.Locator("[data-live=lost]").InnerTextAsync();
        await Expect(page.Locator("[data-live=lost]")).Not.ToHaveTextAsync(before);
        var age = page.Tile("GD04").Locator(".tile-age time");
        var shown = await age.InnerTextAsync();
        await Expect(age).Not.ToHaveTextAsync(shown, new() { Timeout = 90_000 });
    }
}
