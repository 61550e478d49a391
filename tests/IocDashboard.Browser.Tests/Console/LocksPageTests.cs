using System.Net;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>A locked period takes nothing; on an authority's word, recorded at the console, it does for a time, and what comes in stays late.</summary>
public sealed class LocksPageTests : BrowserTest
{
    [Fact]
    public async Task LockedReport_WithAnException_IsTakenInAndStaysLate_UntilItEnds()
    {
        var centre = await DemoCentre.Shared;
        var (form, agency, period) = await MissedAsync(centre);
        await centre.Reporter.RefusedAsync(HttpStatusCode.Locked, form, period);
        var page = await OpenAsync(centre.Address, "/signin");
        await page.SignInAsync(centre, "mo.khoa", Roles.Supervisor, "IOC", fullName: "Lê Thị Khóa");
        await GoAsync(page, centre, "/console/locks");

        // What is left out is asked for, in words, and nothing is opened.
        var record = page.Locator("form button[type=submit]");
        await record.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Chọn biểu báo cáo");
        await page.GetByLabel("Biểu báo cáo").SelectOptionAsync(form);
        await page.GetByLabel("Kỳ (", new() { Exact = false }).FillAsync("2026-Q9");
        await record.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Kỳ không đúng nhịp");
        await page.GetByLabel("Kỳ (", new() { Exact = false }).FillAsync(period);
        await page.GetByLabel("Hết hiệu lực").FillAsync("25/11/2026 17:00");
        await record.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).Not.ToContainTextAsync("Kỳ không đúng nhịp");
        await centre.Reporter.RefusedAsync(HttpStatusCode.Locked, form, period);
        await page.GetByLabel("Văn bản cho phép").FillAsync("Công văn 118/UBND-TH");
        await page.GetByLabel("Lý do").FillAsync("Trạm mất điện");
        await record.ClickAsync();
        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync("Số liệu nộp vào vẫn tính trễ hạn");

        var row = page.Locator(".agr-grid tbody tr", new() { HasText = "Công văn 118/UBND-TH" });
        foreach (var said in new[] { "đang mở", form, "Trạm mất điện", "25/11/2026 17:00", "Lê Thị Khóa" }) await Expect(row).ToContainTextAsync(said);

        await centre.Reporter.SubmitAsync(form, period);
        var item = (await centre.Reporter.ListAsync($"obligations?form={form}&from={period}&to={period}")).Single(i => (string?)i["period"] == period);
        ((string?)item["punctuality"], (string?)item["state"]).ShouldBe(("late", "submitted"));
        await GoAsync(page, centre, $"/console/reports/{form}/{agency}/{period}");
        await Expect(page.Locator(".ih-d")).ToContainTextAsync("trễ hạn");
        await Expect(page.Locator("ol.ev")).ToContainTextAsync("Lê Thị Khóa · Công văn 118/UBND-TH");

        // Ended before its time, it locks at once. The first press only asks.
        await GoAsync(page, centre, "/console/locks");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(row).ToContainTextAsync("đang mở");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(row).ToContainTextAsync("đã kết thúc");
        await centre.Reporter.RefusedAsync(HttpStatusCode.Locked, form, period);
    }

    /// <summary>A report that was never sent and has locked since.</summary>
    private static async Task<(string Form, string Agency, string Period)> MissedAsync(DemoCentre centre)
    {
        foreach (var form in await centre.Reporter.ListAsync("forms"))
        {
            // Other tests write into these.
            if ((string?)form["agency"] is "SYT" or "STTTT" or "SGDDT") continue;
            var locked = await centre.Reporter.ListAsync($"obligations?state=locked&form={form["code"]}&from=2025-06-01&to=2026-11-23");
            if (locked.FirstOrDefault(i => i["submittedAt"] is null) is { } missed) return ((string)missed["form"]!, (string)missed["agency"]!, (string)missed["period"]!);
        }

        throw new InvalidOperationException("The illustrative history misses no report.");
    }

    private static async Task GoAsync(IPage page, DemoCentre centre, string path)
    {
        await page.GoAsync(centre, path);
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
    }
}
