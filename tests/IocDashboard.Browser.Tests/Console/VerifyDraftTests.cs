using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>What a verifier has decided on cells outlives their page, and not what it was about.</summary>
public sealed class VerifyDraftTests : BrowserTest
{
    [Fact]
    public async Task Decisions_PageLoadedAgain_StandAsTheyWere()
    {
        var (centre, form, page) = await OpenReportAsync(4, "giu.nhap");
        await DecideAsync(page, form);

        await page.ReloadAsync();
        await page.WaitForReviewAsync();
        await ShouldStandAsync(page, form);

        await page.GoAsync(centre, "/console/overdue");
        await page.GoToReviewAsync(centre, form);
        await ShouldStandAsync(page, form);

        // They are one person's alone.
        var other = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "nguoi.thu.hai", Roles.Operator, "IOC");
        await other.GoToReviewAsync(centre, form);
        await Expect(other.Locator(".vprog")).ToContainTextAsync($"0 chấp nhận, 0 đang trả lại, {form.Cells()} còn lại");
    }

    [Fact]
    public async Task Decisions_ReportSentAgain_AreDroppedAndSaidTo()
    {
        var (centre, form, page) = await OpenReportAsync(5, "nop.lai");
        await DecideAsync(page, form);
        var (indicator, area) = (form.Indicators[0].Code, form.Indicators[0].Areas[0]);

        await centre.Reporter.SubmitAsync(form.Code, form.Period(), [(indicator, area, centre.Catalogue().Indicators[indicator].PlausibleMin + 1)]);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Đơn vị đã nộp lại báo cáo này: các quyết định nháp của bạn");
        await Expect(page.Locator(".vprog")).ToContainTextAsync($"0 chấp nhận, 0 đang trả lại, {form.Cells()} còn lại");
        await page.ReloadAsync();
        await page.WaitForReviewAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Decisions_SomebodyElseWasFirst_AreDroppedAndSaidTo()
    {
        var (centre, form, page) = await OpenReportAsync(6, "cham.chan");
        await DecideAsync(page, form);

        await centre.VerifyAsync(form);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Báo cáo này đã có quyết định: các quyết định nháp của bạn");
        await Expect(page.Locator(".vh-head")).ToContainTextAsync("Báo cáo đã xác minh");
    }

    [Fact]
    public async Task Reason_HalfWritten_KeepsTheReportFromBeingVerified_AndSaysWhichCellWaits()
    {
        var (centre, form, page) = await OpenReportAsync(12, "nua.chung");
        await page.PressAtOnceAsync("a");
        await page.PressAtOnceAsync([.. Enumerable.Repeat("v", form.Cells())]);
        await Expect(page.Locator(".vprog")).ToContainTextAsync(", 0 còn lại");
        await page.Locator("tr#cell-1").ClickAsync();
        await page.PressAtOnceAsync("r", "n");
        await Expect(page.Locator("[data-key-note]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("nham nam ngoai");
        await page.Locator("tr#cell-2").ClickAsync();
        await Expect(page.Locator("tr#cell-2")).ToHaveAttributeAsync("aria-current", "true");

        await Expect(page.Locator(".pf").Last).ToContainTextAsync("Ô 1 (");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Xác minh báo cáo" })).ToHaveAttributeAsync("aria-disabled", "true");
        await page.Keyboard.PressAsync("Control+Enter");

        // It leads to the reason instead.
        await Expect(page.Locator("tr#cell-1 + tr.why textarea")).ToHaveValueAsync("nham nam ngoai");
        (await centre.HistoryAsync(form))[^1].ShouldBeOfType<ReportSubmitted>();
    }

    [Fact]
    public async Task Reasons_OfTwoReportsInTheSameRow_StayApart()
    {
        var (centre, first, page) = await OpenReportAsync(14, "hai.bao.cao");
        var second = centre.Form(fromLast: 15);
        await centre.Reporter.SubmitAsync(second.Code, second.Period(), []);
        await BeginReasonAsync(page, "cua bao cao mot");
        await page.GoToReviewAsync(centre, second);
        await BeginReasonAsync(page, "cua bao cao hai");

        // Within the page, which keeps what it can of the one before.
        foreach (var (form, words) in new[] { (first, "cua bao cao mot"), (second, "cua bao cao hai") })
        {
            await page.Locator($".ql a[href='/console/verify?report={Uri.EscapeDataString(form.Report())}']").ClickAsync();
            await Expect(page.Locator($".q.sel .q3")).ToContainTextAsync(form.Code);
            await Expect(page.Locator("tr#cell-1 + tr.why textarea")).ToHaveValueAsync(words);
        }
    }

    private static async Task BeginReasonAsync(IPage page, string words)
    {
        await page.Locator("tr#cell-1").ClickAsync();
        await page.PressAtOnceAsync("r", "n");
        await Expect(page.Locator("tr#cell-1 + tr.why textarea")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(words);
        await Expect(page.Locator(".vkept")).ToContainTextAsync("Đã giữ nháp");
    }

    private async Task<(DemoCentre, Form, IPage)> OpenReportAsync(int fromLast, string userName)
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast);
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, userName, Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, form);
        return (centre, form, page);
    }

    /// <summary>The first cell accepted and to be asked about, the second sent back, a reason begun for the third.</summary>
    private static async Task DecideAsync(IPage page, Form form)
    {
        await page.PressAtOnceAsync("f", "Escape", "v", "r", "3", "n");
        await Expect(page.Locator("[data-key-note]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("don vi la nghin");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.PressAtOnceAsync("r", "n");
        await Expect(page.Locator("[data-key-note]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("dang doi chieu");
        await Expect(page.Locator("tr#cell-3 + tr.why textarea")).ToHaveValueAsync("dang doi chieu");
        await Expect(page.Locator(".vprog")).ToContainTextAsync($"1 chấp nhận, 1 đang trả lại, {form.Cells() - 2} còn lại");
        // After the pause, and written.
        await page.WaitForTimeoutAsync(1_000);
        await Expect(page.Locator(".vkept")).ToContainTextAsync("Đã giữ nháp");
    }

    private static async Task ShouldStandAsync(IPage page, Form form)
    {
        await Expect(page.Locator(".vprog")).ToContainTextAsync($"1 chấp nhận, 1 đang trả lại, {form.Cells() - 2} còn lại");
        await Expect(page.GetByText("Mở lại các quyết định nháp của bạn")).ToContainTextAsync(": 2 ô.");
        await Expect(page.Locator("tr#cell-1")).ToContainTextAsync("Sẽ hỏi đầu mối");
        await Expect(page.Locator("tr#cell-2")).ToContainTextAsync("Sai đơn vị tính: don vi la nghin");
        await Expect(page.Locator("tr#cell-3 + tr.why textarea")).ToHaveValueAsync("dang doi chieu");
    }
}
