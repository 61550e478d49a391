using System.Diagnostics;
using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The server dies and comes back: the operator is told, and the page works again without anybody's doing.</summary>
public sealed class ConsoleOutageTests(MortalCentre centre) : BrowserTest, IClassFixture<MortalCentre>
{
    [Fact]
    public async Task Console_WhenTheServerIsKilled_SaysSoAndComesBackByItself()
    {
        await centre.ReportAttendanceAsync(94.4m);
        var screen = await OpenScreenAsync(centre.Address, "/console");
        var page = screen.Page;
        await page.WaitForGridAsync();
        await page.FilterAsync("GD04");
        await page.WaitForTextAsync("tr[data-series] td.v", "94,4");

        screen.ServerMayBeAway();
        var died = Stopwatch.StartNew();
        await centre.Process.KillAsync();
        var banner = page.Locator(".lost-banner");
        await Expect(banner).ToBeVisibleAsync(new() { Timeout = 15_000 });
        Report(string.Create(CultureInfo.InvariantCulture, $"console: banner {died.Elapsed.TotalSeconds:0.0} s after the kill"));
        await Expect(banner).ToContainTextAsync("Mất kết nối từ");
        await Expect(banner).ToContainTextAsync("Số dưới đây không còn là hiện tại.");
        await Expect(page.Locator("body")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex(@"\blost\b"));

        await centre.Process.StartAgainAsync();
        var ready = Stopwatch.StartNew();
        await Expect(banner).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await page.WaitForGridAsync();
        Report(string.Create(CultureInfo.InvariantCulture, $"console: at work again {ready.Elapsed.TotalSeconds:0.0} s after the server was ready"));

        await page.FilterAsync("GD04");
        await page.WaitForTextAsync("tr[data-series] td.v", "94,4");
        var waiting = page.WaitForTextAsync("tr[data-series] td.v", "92,3");
        await centre.ReportAttendanceAsync(92.3m);
        await waiting;
    }
}
