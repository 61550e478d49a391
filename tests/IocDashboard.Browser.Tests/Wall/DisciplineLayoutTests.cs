using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Wall;

namespace IocDashboard.Browser.Tests.Wall;

/// <summary>All that the discipline scene has to show, and a centre that has nothing yet, on screens of the usual sizes, with nothing cut off.</summary>
public sealed class DisciplineLayoutTests : BrowserTest
{
    private static readonly (int Width, int Height)[] Sizes = [(1920, 1080), (3840, 2160), (1366, 768), (1920, 1200), (1600, 1200), (3840, 1080), (5760, 1080)];

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Scene_OnScreensOfAllWidths_FitsWithoutScrollBarsAndOverlaps(string language)
    {
        var page = await OpenAsync((await DemoCentre.Shared).Address, $"/wall?scene=discipline&lang={language}");
        await page.WaitForLinkAsync("live");
        await Expect(page.Locator(".ranking-agencies .rank-list .rank")).ToHaveCountAsync(22);

        await ShouldFitAsync(page, language);
        var words = new Language(await DemoCentre.Shared, WallText.Resources, SurfaceText.Resources);
        (language == "en" ? words.FindVietnamese(await page.ReadWordsAsync()) : words.FindEnglish(await page.ReadWordsAsync())).ShouldBeEmpty();
    }

    /// <summary>Few days have them all; the room must not find out on one that does.</summary>
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Scene_FilledToItsLast_HasRoomForIt(string language)
    {
        var page = await OpenAsync((await DemoCentre.Shared).Address, $"/wall?scene=discipline&lang={language}");
        await page.WaitForLinkAsync("live");
        await Expect(page.Locator(".ranking-agencies .rank-list .rank")).ToHaveCountAsync(22);

        // Every district ranked by the lengthiest names, six deadlines with eighteen agencies each, every day of the month abnormal.
        await page.EvaluateAsync(
            """
            () => {
                const rows = [...document.querySelectorAll(".ranking-agencies .rank")].map(r => r.cloneNode(true));
                const place = document.querySelector(".ranking-districts"), none = place.querySelector(".rank-none");
                if (none) {
                    const columns = document.createElement("div");
                    columns.className = "rank-columns";
                    columns.append(document.querySelector(".ranking-agencies .rank-column").cloneNode(true));
                    const list = columns.querySelector(".rank-list");
                    columns.querySelector(".rank-before").replaceChildren();
                    while (list.children.length < 14) list.append(rows.at(-1).cloneNode(true));
                    for (const row of list.children) row.querySelector(".rank-name").textContent = "Nam Trà My";
                    none.replaceWith(columns);
                }

                const due = document.querySelector(".due-list");
                if (due) {
                    const row = due.querySelector(".due");
                    while (due.children.length < 6) due.append(row.cloneNode(true));
                }

                for (const day of document.querySelectorAll(".cal-day:not(.cal-next)")) {
                    day.dataset.status = "critical";
                    day.querySelector("b").textContent = "100";
                }
            }
            """);

        await ShouldFitAsync(page, language);
    }

    [Theory]
    [InlineData("vi", "Trong 30 ngày qua không sở, ngành nào có báo cáo đến hạn")]
    [InlineData("en", "No department had a report due in the last 30 days")]
    public async Task Scene_OfACentreThatHasNothing_SaysSoAndFits(string language, string said)
    {
        await using var centre = await IocHost.StartAsync();
        var page = await OpenAsync(centre.BaseAddress, $"/wall?scene=discipline&lang={language}");
        await page.WaitForLinkAsync("live");

        await Expect(page.Locator(".ranking-agencies .rank-none")).ToHaveTextAsync(said, new() { Timeout = 20_000 });
        await Expect(page.Locator(".ranking-districts .rank-none")).ToContainTextAsync("18");
        await Expect(page.Locator(".measures dd").First).ToHaveTextAsync("0");
        await Expect(page.Locator(".hex[data-status='missing']")).ToHaveCountAsync(18);
        await ShouldFitAsync(page, language);
    }

    [Theory]
    [InlineData("/wall?scene=weather", "Không có cảnh nào tên như vậy")]
    [InlineData("/wall?scene=weather&lang=en", "There is no scene of that name")]
    public async Task Scene_OfAnUnknownName_IsRefusedInWords(string address, string said)
    {
        var centre = await DemoCentre.Shared;
        using var answer = await centre.Host.Client.GetAsync(address);
        ((int)answer.StatusCode).ShouldBe(400);
        System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).ShouldContain(said);
    }

    private static async Task ShouldFitAsync(IPage page, string language)
    {
        foreach (var (width, height) in Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            (await page.FindLayoutFaultsAsync()).ShouldBeEmpty($"{width}×{height} {language}");
        }
    }
}
