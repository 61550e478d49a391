using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Surfaces.Console.View;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>Revisions never overwrite: both stand on the indicator's page, and what was known before can be seen again.</summary>
public sealed class IndicatorHistoryTests : BrowserTest
{
    // Reported daily, and by no other test.
    private const string Form = "STTTT-D", Indicator = "AT06", Period = "2026-11-23";

    [Fact]
    public async Task Figure_Revised_ShowsBothRevisionsTheirEventsAndThePast()
    {
        var centre = await DemoCentre.Shared;
        var before = centre.Clock.GetUtcNow();
        var page = await OpenAsync(centre.Address, $"/console/indicators/{Indicator}");
        await Expect(page.Locator(".ind-c table tbody tr")).Not.ToHaveCountAsync(0);
        var old = await page.Locator(".ih .hero").InnerTextAsync();

        await centre.Reporter.SubmitAsync(Form, Period, (Indicator, "QNM", 97.11m));
        await Expect(page.Locator(".ih .hero")).ToHaveTextAsync("97,11");
        var between = centre.Clock.GetUtcNow().AddSeconds(1);
        while (centre.Clock.GetUtcNow() < between.AddSeconds(1)) await Task.Delay(100);
        await centre.Reporter.SubmitAsync(Form, Period, (Indicator, "QNM", 98.22m));
        await Expect(page.Locator(".ih .hero")).ToHaveTextAsync("98,22");

        var newest = page.Locator(".ind-c table tbody tr:not([aria-hidden])").First;
        await Expect(newest).ToContainTextAsync("23/11");
        await Expect(newest.Locator("td.v")).ToContainTextAsync("98,22");
        var revisions = page.Locator(".rvt:not(.vnt) tbody tr:not(.rr)");
        await Expect(revisions.Nth(0)).ToContainTextAsync("98,22");
        await Expect(revisions.Nth(1)).ToContainTextAsync("97,11");
        var events = page.Locator("ol.ev .ev1");
        await Expect(events.Filter(new() { HasText = "97,11 → 98,22" })).ToHaveCountAsync(1);
        await Expect(events.Filter(new() { HasText = "Nộp lần 1" }).Filter(new() { HasText = "giá trị 97,11" })).ToHaveCountAsync(1);

        await page.GotoAsync(new Uri(centre.Address, $"/console/indicators/{Indicator}?asOf={ConsoleLinks.Format(between)}").ToString());
        await Expect(page.Locator(".ih .hero")).ToHaveTextAsync("97,11");
        await Expect(page.Locator(".asof.past .asof-says")).ToContainTextAsync("Đang xem tại");
        await Expect(page.Locator("ol.ev")).Not.ToContainTextAsync("98,22");

        await page.GotoAsync(new Uri(centre.Address, $"/console/indicators/{Indicator}?asOf={ConsoleLinks.Format(before)}").ToString());
        await Expect(page.Locator(".ih .hero")).ToHaveTextAsync(old);
        await Expect(page.Locator("ol.ev")).Not.ToContainTextAsync("97,11");
    }

    [Fact]
    public async Task AsOf_PickedByDateAndTime_ShowsTheFiguresOfThatInstantPlainlyMarked()
    {
        var centre = await DemoCentre.Shared;
        var then = new DateTimeOffset(2026, 11, 16, 5, 30, 0, TimeSpan.Zero);
        var known = await centre.Reporter.ListAsync($"observations?indicator=GT01&area=QNM&asOf={ConsoleLinks.Format(then)}");
        var newest = known.MaxBy(o => (string)o["period"]!, StringComparer.Ordinal)!;
        var page = await OpenAsync(centre.Address, "/console");
        await page.WaitForGridAsync();

        await page.Locator(".asof button", new() { HasText = "Tại thời điểm" }).ClickAsync();
        await page.Locator(".asof-time input").FillAsync("12:30");
        await page.Locator(".asof-time input").PressAsync("Tab");
        await page.Locator(".asof-date input").FillAsync("16/11/2026");
        await page.Locator(".asof-date input").PressAsync("Tab");

        await Expect(page.Locator(".asof.past .asof-says")).ToContainTextAsync("Đang xem tại 12:30:00 ngày 16/11/2026");
        await Expect(page.Locator(".statusline .dot.past")).ToBeVisibleAsync();
        await page.FilterAsync("GT01");
        var value = ((decimal)newest["value"]!).ToString(CultureInfo.GetCultureInfo("vi-VN"));
        await Expect(page.GridRow(centre, "GT01", "QNM").Value()).ToContainTextAsync(value);
        await Expect(page.GridRows().Filter(new() { HasText = "22/11/2026" })).ToHaveCountAsync(0);
        var sources = page.Locator(".statusline span").Filter(new() { HasTextRegex = new(@"^Nguồn \d+/\d+ hoạt động$") });
        var shown = await sources.InnerTextAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Expect(sources).ToHaveTextAsync(shown);

        await page.Locator(".asof button", new() { HasText = "Về hiện tại" }).ClickAsync();
        await Expect(page.Locator(".asof.past")).ToHaveCountAsync(0);
        await Expect(page.Locator(".statusline .sl-conn")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(1920, 1080)]
    public async Task Chart_NamesItsLimitsBesideTheLines(int width, int height)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/console/indicators/YT03?area=HOSP-KVQUANGNAM");
        await page.SetViewportSizeAsync(width, height);
        await page.ReloadAsync();
        await Expect(page.Locator(".apexcharts-yaxis-annotation-label")).Not.ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Expect(page.Locator(".line-chart .apexcharts-series path").First).ToBeAttachedAsync();

        var boxes = await page.EvaluateAsync<double[][]>("""
            () => {
                const box = e => { const b = e.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; };
                return [box(document.querySelector(".line-chart")), box(document.querySelector(".line-chart .apexcharts-series")),
                    ...[...document.querySelectorAll(".apexcharts-yaxis-annotation-label")].map(box)];
            }
            """);
        var (chart, line, labels) = (boxes[0], boxes[1], boxes[2..].OrderBy(b => b[2]).ToArray());
        labels.ShouldAllBe(l => l[0] >= line[1] && l[1] <= chart[1]);
        for (var i = 1; i < labels.Length; i++) labels[i][2].ShouldBeGreaterThan(labels[i - 1][3] - 4);
        await Expect(page.Locator(".sum")).ToContainTextAsync("chuỗi số liệu");
    }
}
