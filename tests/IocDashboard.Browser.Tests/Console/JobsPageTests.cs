using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>An administrator sees how each job stands, and runs one now: its row shows the run while the page stays open.</summary>
public sealed class JobsPageTests : BrowserTest
{
    [Theory]
    [InlineData("vi", "Đóng tài khoản bỏ không", "Chạy ngay", "Đã yêu cầu chạy", "Hoàn thành", "1 giờ")]
    [InlineData("en", "Unused accounts", "Run now", "was asked to run", "Done", "1 h")]
    public async Task Job_RunNow_ShowsItsRunWithoutAReload(string lang, string name, string run, string asked, string done, string every)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "tac.vu." + lang, language: lang);
        await page.GoAsync(centre, "/console/jobs");
        await Expect(page.Locator(".nav [aria-current=page]")).ToHaveTextAsync(lang == "vi" ? "Tác vụ định kỳ" : "Scheduled jobs");
        var row = page.Locator("tr[data-job=close-unused-accounts]");
        await Expect(row.Locator("td").First).ToContainTextAsync(name);
        await Expect(row.Locator("td").Nth(1)).ToContainTextAsync(every);
        await Expect(row.Locator("td").Nth(4)).ToContainTextAsync(done, new() { Timeout = 30_000 });
        await Expect(row.Locator("td").Nth(5)).ToContainTextAsync("/2026 ");
        var before = await row.Locator("td").Nth(2).InnerTextAsync();
        await page.EvaluateAsync("window.stayed = true");

        await row.GetByRole(AriaRole.Button, new() { Name = $"{run}: {name}" }).ClickAsync();

        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync(asked);
        await Expect(row.Locator("td").Nth(2)).Not.ToHaveTextAsync(before, new() { Timeout = 15_000, UseInnerText = true });
        await Expect(row.Locator("td").Nth(4)).ToContainTextAsync(done);
        (await page.EvaluateAsync<bool>("window.stayed === true")).ShouldBeTrue("the page is the same");
        var trail = await centre.Host.Services.GetRequiredService<FindAudit>().Handle(new(AuditActions.JobRun, null, null, null), null, 10, default);
        trail.ShouldContain(e => e.Subject == "close-unused-accounts" && e.Actor.Name == "tac.vu." + lang && e.Outcome == AuditOutcome.Done);
    }

    [Fact]
    public async Task Job_OfEverySecond_MovesByItself()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "tac.vu.giay");
        await page.GoAsync(centre, "/console/jobs");
        var last = page.Locator("tr[data-job=sweep-overdue] td").Nth(2);
        await Expect(page.Locator(".job-grid button:enabled").First).ToBeVisibleAsync();
        var before = await last.InnerTextAsync();

        await Expect(last).Not.ToHaveTextAsync(before, new() { Timeout = 15_000, UseInnerText = true });
    }
}
