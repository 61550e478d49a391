using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Surfaces.Wall;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Wall;

/// <summary>All that the wall has to show, on screens of the usual sizes, with nothing cut off.</summary>
public sealed class WallLayoutTests : BrowserTest
{
    [Theory]
    [InlineData(1920, 1080, "vi")]
    [InlineData(1920, 1080, "en")]
    [InlineData(3840, 2160, "vi")]
    [InlineData(3840, 2160, "en")]
    [InlineData(1366, 768, "vi")]
    [InlineData(1366, 768, "en")]
    public async Task Wall_OnAScreen_FitsWithoutScrollBarsAndOverlaps(int width, int height, string language)
    {
        var page = await OpenWallAsync(language, new() { Width = width, Height = height });

        (await page.FindLayoutFaultsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1366, 768, "vi")]
    [InlineData(1366, 768, "en")]
    [InlineData(1920, 1080, "vi")]
    public async Task VerifiedWall_OnAScreen_FitsWithoutScrollBarsAndOverlaps(int width, int height, string language)
    {
        var page = await OpenWallAsync(language, new() { Width = width, Height = height }, "&verified=only");

        (await page.FindLayoutFaultsAsync()).ShouldBeEmpty();
    }

    /// <summary>Few days have them all; the room must not find out on one that does.</summary>
    [Theory]
    [InlineData(1920, 1080, "vi")]
    [InlineData(3840, 2160, "vi")]
    [InlineData(1366, 768, "en")]
    [InlineData(5760, 1080, "vi")]
    public async Task Bar_EveryStateAtOnce_HasRoomForThem(int width, int height, string language)
    {
        var page = await OpenWallAsync(language, new() { Width = width, Height = height });
        string[] kinds = ["critical", "warning", "late", "missing", "returned", "lost"];
        var words = kinds.Select(k => WallText.Get("Counts." + k, System.Globalization.CultureInfo.GetCultureInfo(language)));

        await page.EvaluateAsync(
            """
            words => {
                const list = document.querySelector(".counts"), one = list.querySelector(".count");
                list.querySelectorAll(".count").forEach(c => c.remove());
                for (const word of words) {
                    const count = one.cloneNode(true);
                    count.querySelector("b").textContent = "18";
                    count.querySelector("span").textContent = word;
                    list.append(count);
                }
            }
            """, words);

        (await page.FindLayoutFaultsAsync()).ShouldBeEmpty();
        (await page.Locator(".bar-left").EvaluateAsync<bool>("bar => bar.scrollWidth <= bar.clientWidth")).ShouldBeTrue();
    }

    [Fact]
    public async Task Wall_Opened_ShowsEveryPart()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenWallAsync("vi", FullHd);

        await Expect(page.Locator(".tile")).ToHaveCountAsync(24);
        await Expect(page.Locator(".tile .tile-value:not(.none)")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator(".hexmap .hex")).ToHaveCountAsync(18);
        await Expect(page.Locator(".overdue .od")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator(".feeds .rv")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator(".feeds .src")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator(".alarms .alarm")).Not.ToHaveCountAsync(0);
        await Expect(page.GetByText("Số liệu minh họa")).ToBeVisibleAsync();

        // The browser's own zone is another one.
        var time = centre.Host.Services.GetRequiredService<ProvinceTime>();
        var clock = page.Locator("[data-live=clock]");
        await Expect(clock).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-2][0-9]:[0-5][0-9]$"));
        var shown = await clock.InnerTextAsync();
        var now = time.Local(centre.Clock.GetUtcNow());
        new[] { now, now.AddMinutes(-1) }.Select(t => t.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)).ShouldContain(shown);
    }

    private async Task<IPage> OpenWallAsync(string language, ViewportSize size, string query = "")
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, $"/wall?lang={language}{query}", size);
        await page.WaitForLinkAsync("live");
        return page;
    }
}
