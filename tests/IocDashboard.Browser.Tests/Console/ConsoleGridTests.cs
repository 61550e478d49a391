using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The live grid of all current figures.</summary>
public sealed class ConsoleGridTests : BrowserTest
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Grid_Opened_ShowsEveryFigureWithUnitPeriodSourceAndAge()
    {
        var (page, centre) = await OpenAsync();

        await Expect(page.Locator(".tab", new() { HasText = "Tất cả" })).ToContainTextAsync("1.810");
        await page.FilterAsync("HC05");
        var row = page.GridRow(centre, "HC05", "QNM");
        // The week before the last, or the last where another test has sent it.
        foreach (var cell in new[] { "%", "Tuần 4", "Sở TT&TT", "Tỷ lệ văn bản đi được ký số" }) await Expect(row).ToContainTextAsync(cell);
        await Expect(row.Value()).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"\d+,\d$"));
        await Expect(row.Locator("td.age")).Not.ToHaveTextAsync("");
        await Expect(row.Locator("svg")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Grid_FilteredWithoutDiacritics_ShowsOnlyWhatMatches()
    {
        var (page, _) = await OpenAsync();

        await page.FilterAsync("ty le hoc sinh co mat tam ky");

        await Expect(page.GridRows()).ToHaveCountAsync(1);
        await Expect(page.GridRows().First.Locator("td.code")).ToHaveTextAsync("GD04");
        await Expect(page.GridRows().First).ToContainTextAsync("Tam Kỳ");
        await page.FilterAsync("không có gì như vậy");
        await Expect(page.GetByText("Không có số liệu nào khớp bộ lọc")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/console", "#figure-search", "hoc sinh tam ky", 1)]
    [InlineData("/console/overdue", "[data-key-filter] input", "so nn & ptnt", 0)]
    public async Task Filter_TypedWhileFiguresChange_KeepsEveryLetter(string path, string box, string text, int tab)
    {
        var (page, centre) = await OpenAsync();
        if (path != "/console")
        {
            await page.GotoAsync(new Uri(centre.Address, path).ToString());
            await Expect(page.Locator(".od-grid tr.go")).Not.ToHaveCountAsync(0);
        }

        await Expect(page.Locator(box)).ToBeEnabledAsync();

        // A pause after each word, as a person makes one, while the board changes underneath.
        await page.Locator(box).FocusAsync();
        foreach (var word in text.Split(' '))
        {
            await page.Keyboard.TypeAsync(word, new() { Delay = 50 });
            await centre.Reporter.MeasureAsync("TD1022-RT", "TD1022", "PA02", "QNM", centre.Clock.GetUtcNow(), word.Length);
            await page.Keyboard.TypeAsync(" ");
            await Task.Delay(400);
            (await page.Locator(box).InputValueAsync()).ShouldEndWith(word + " ");
        }

        await page.Keyboard.TypeAsync("x");
        await page.Locator(".tab").Nth(tab).ClickAsync();
        await Expect(page.Locator(".tab").Nth(tab)).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator(box)).ToHaveValueAsync(text + " x");
    }

    [Fact]
    public async Task Grid_SortedByValue_IsInOrderBothWays()
    {
        var (page, _) = await OpenAsync();
        await page.FilterAsync("GD04");
        await Expect(page.GridRows()).ToHaveCountAsync(19);
        var header = page.Locator("th", new() { HasText = "Giá trị" });

        await header.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(header).ToHaveAttributeAsync("aria-sort", "ascending");
        var ascending = await ValuesAsync(page);
        await header.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(header).ToHaveAttributeAsync("aria-sort", "descending");
        var descending = await ValuesAsync(page);

        ascending.Count.ShouldBe(19);
        ascending.ShouldBeInOrder(SortDirection.Ascending);
        descending.ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Report_Acknowledged_ChangesItsRowAtOnce()
    {
        var (page, centre) = await OpenAsync();
        await page.FilterAsync("HC06");
        await Expect(page.GridRow(centre, "HC06", "QNM")).ToBeVisibleAsync();

        var waiting = page.WaitForTextAsync($"tr[data-series='{centre.SeriesId("HC06", "QNM")}'] td.v", "17");
        var acknowledged = await centre.Reporter.SubmitAsync("VPUBND-D", "2026-11-22", ("HC06", "QNM", 17m));

        var took = await waiting - acknowledged;
        Report(string.Create(CultureInfo.InvariantCulture, $"report: in the console's grid {took.TotalMilliseconds:0} ms after its acknowledgement"));
        took.ShouldBeLessThan(Limit);
    }

    [Fact]
    public async Task Row_Clicked_OpensThePageOfItsIndicator()
    {
        var (page, centre) = await OpenAsync();
        await page.FilterAsync("YT01");
        await Expect(page.GridRows()).ToHaveCountAsync(19);

        await page.GridRow(centre, "YT01", "QNM").Locator("td.code").ClickAsync();

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/console/indicators/YT01$"));
        await Expect(page.Locator(".ih h2")).Not.ToHaveTextAsync("");
        await Expect(page.Locator(".ih .code")).ToHaveTextAsync("YT01");
        await Expect(page.Locator(".ind-c table tbody tr")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator(".line-chart svg").First).ToBeVisibleAsync();
    }

    private async Task<(IPage Page, DemoCentre Centre)> OpenAsync()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/console");
        await page.WaitForGridAsync();
        return (page, centre);
    }

    private static async Task<List<decimal>> ValuesAsync(IPage page)
    {
        var texts = await page.GridRows().Locator("td.v").AllInnerTextsAsync();
        return [.. texts.Select(t => decimal.Parse(t.Split(' ', '\n')[^1].Trim('(', ')', '—'), Vietnamese))];
    }
}
