using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>Who may not verify what, and why, as the page says it; and what is verified in one go.</summary>
public sealed class VerifyRightsTests : BrowserTest
{
    [Fact]
    public async Task OwnSubmission_CannotBeVerified_AndThePageSaysWhy()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 7);
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var sender = (await centre.HistoryAsync(form)).OfType<ReportSubmitted>().Last().SubmittedBy;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, sender, Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, form);

        await page.PressAtOnceAsync(AcceptAll(form));
        await Expect(page.Locator(".vprog")).ToContainTextAsync(", 0 còn lại");

        await Expect(page.Locator(".vh-head")).ToContainTextAsync("Bạn là người nộp hoặc lập báo cáo này: người khác phải xác minh.");
        var send = page.GetByRole(AriaRole.Button, new() { Name = "Xác minh báo cáo" });
        await Expect(send).ToHaveAttributeAsync("aria-disabled", "true");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(send).ToHaveAttributeAsync("aria-disabled", "true");
        (await centre.HistoryAsync(form))[^1].ShouldBeOfType<ReportSubmitted>();
    }

    [Fact]
    public async Task TwoVerifiers_AreTwoPeople_AndTheFirstIsTold()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 8);
        var terms = centre.Host.Services.GetRequiredService<SetTermsHandler>();
        (await terms.SetForm(form.Code, centre.Catalogue().TermsOf(form.Code) with { Verifiers = 2 }, "Biểu trọng yếu", AuditActor.Itself, default)).ShouldBe(TermsOutcome.Set);
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var first = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "mat.thu.nhat", Roles.Operator, "IOC");
        await first.GoToReviewAsync(centre, form);
        await Expect(first.Locator(".vh-head")).ToContainTextAsync("Cần hai người xác minh");
        await first.PressAtOnceAsync([.. AcceptAll(form), "Control+Enter"]);
        await Expect(first.GetByRole(AriaRole.Status).First).ToContainTextAsync("Cần người thứ hai.");

        await first.GoToReviewAsync(centre, form);
        await first.PressAtOnceAsync([.. AcceptAll(form), "Control+Enter"]);
        await Expect(first.Locator(".vh-head")).ToContainTextAsync("Bạn đã xác minh trước: người thứ hai phải là người khác.");
        (await centre.HistoryAsync(form))[^1].ShouldBeOfType<ReportChecked>().By.ShouldBe("mat.thu.nhat");

        var second = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "mat.thu.hai", Roles.Supervisor, "IOC");
        await second.GoToReviewAsync(centre, form);
        await Expect(second.Locator(".vh-head")).ToContainTextAsync("mat.thu.nhat đã xác minh trước");
        await second.PressAtOnceAsync([.. AcceptAll(form), "Control+Enter"]);
        await Expect(second.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã xác minh");
        (await centre.HistoryAsync(form))[^1].ShouldBeOfType<ReportVerified>().CheckedBy.ShouldBe("mat.thu.nhat");
    }

    [Fact]
    public async Task CleanOnes_VerifiedInOneGo_LeaveWhatIsFlagged()
    {
        var centre = await DemoCentre.Shared;
        var (clean, flagged) = (centre.Form(fromLast: 9), centre.Form(fromLast: 10));
        var (indicator, area) = (flagged.Indicators[0].Code, flagged.Indicators[0].Areas[0]);
        await centre.Reporter.SubmitAsync(clean.Code, clean.Period(), []);
        await centre.Reporter.SubmitAsync(flagged.Code, flagged.Period(), [(indicator, area, centre.Catalogue().Indicators[indicator].PlausibleMax)]);
        // What the judge asks of ordinary values depends on the illustrative past; here it is the queue that is looked at.
        await using (var settle = centre.Host.Database.CreateCommand("update report set flags = 0 where id = $1"))
        {
            settle.Parameters.Add(new() { Value = clean.Report() });
            (await settle.ExecuteNonQueryAsync()).ShouldBe(1);
        }

        var queue = await centre.Host.Services.GetRequiredService<FindQueue>().Handle(default);
        // What the two have in common with other tests' reports is the queue; taken on, they are told apart from them.
        foreach (var form in new[] { clean, flagged })
            await centre.Host.Services.GetRequiredService<ClaimReview>().Handle(form.Report(), queue.Single(q => q.Report.Id == form.Report()).Report.SubmittedRevision, "ca.loat", take: true, default);
        queue.Single(q => q.Report.Id == clean.Report()).Flags.ShouldBe(0);
        queue.Single(q => q.Report.Id == flagged.Report()).Flags.ShouldNotBe(0);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "ca.loat", Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, flagged);

        await page.Locator(".qf .chip", new() { HasText = "Của tôi" }).ClickAsync();
        await Expect(page.Locator(".ql .q")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Xác minh 1 báo cáo không cờ" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bấm lần nữa: xác minh 1 báo cáo" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã xác minh 1 báo cáo không cờ.");
        await Expect(page.Locator(".ql .q")).ToHaveCountAsync(1);
        (await centre.HistoryAsync(clean))[^1].ShouldBeOfType<ReportVerified>().By.ShouldBe("ca.loat");
        (await centre.HistoryAsync(flagged))[^1].ShouldBeOfType<ReportSubmitted>();
    }

    /// <summary>All without flags at once, then whatever else, one by one.</summary>
    private static string[] AcceptAll(Form form) => ["a", .. Enumerable.Repeat("v", form.Cells())];
}
