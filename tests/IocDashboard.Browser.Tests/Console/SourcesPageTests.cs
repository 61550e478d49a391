using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>A source is paused on its page and the pause is ended there; whoever has the page open sees it without a reload.</summary>
public sealed class SourcesPageTests : BrowserTest
{
    // A source that no other test looks at.
    private const string Feed = "DKTTV-H";

    private DemoCentre _centre = null!;

    public override async ValueTask InitializeAsync() => _centre = await DemoCentre.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _centre.DisposeAsync();
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Source_PausedAndEnded_IsSeenWithoutAReload(string lang)
    {
        var (state, what, notice, count, end, needed, reason, source, kind, until, record) = lang == "vi"
            ? ("Bảo trì đến 02/12 17:00", "Bảo trì có kế hoạch từ", "báo trước dưới 7 ngày làm việc", "bảo trì", "Kết thúc sớm", "Phải nêu lý do", "Lý do", "Nguồn", "Loại", "Đến", "Ghi nhận")
            : ("Maintenance until 02/12 17:00", "Planned maintenance from", "less than 7 working days ahead", "maintenance", "End early", "needs a reason", "Reason", "Source", "Kind", "Until", "Record");
        var centre = _centre;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "nguon.do." + lang, Roles.Supervisor, "IOC", language: lang);
        var other = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "nguoi.xem." + lang, Roles.Operator, "IOC", language: lang);
        foreach (var open in new[] { page, other })
        {
            await open.GoAsync(centre, "/console/sources");
            await Expect(open.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
            await open.EvaluateAsync("window.stayed = true");
        }

        // Whoever does not govern reporting reads, and has nothing to press.
        await Expect(other.Locator("section form")).ToHaveCountAsync(0);
        var form = page.Locator("section form");
        await form.GetByLabel(source, new() { Exact = true }).SelectOptionAsync(Feed);
        await form.GetByLabel(kind, new() { Exact = true }).SelectOptionAsync("Maintenance");
        await form.GetByLabel(until, new() { Exact = true }).FillAsync("02/12/2026 17:00");
        await form.GetByRole(AriaRole.Button, new() { Name = record }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(needed);
        await form.GetByLabel(reason, new() { Exact = true }).FillAsync("Nâng cấp máy chủ trạm đo");
        await form.GetByRole(AriaRole.Button, new() { Name = record }).ClickAsync();

        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync("02/12/2026 17:00");
        foreach (var open in new[] { page, other })
        {
            var row = open.Locator("tbody tr:not(.pause)", new() { HasText = Feed });
            await Expect(row.Locator("td").First).ToContainTextAsync(state, new() { Timeout = 15_000 });
            var pause = open.Locator($"tr.pause[data-feed={Feed}]");
            foreach (var said in new[] { what, "Nâng cấp máy chủ trạm đo", notice }) await Expect(pause).ToContainTextAsync(said);
            await Expect(open.Locator("footer.statusline")).ToContainTextAsync(count);
        }

        await Expect(other.Locator("tr.pause button")).ToHaveCountAsync(0);
        var button = page.Locator($"tr.pause[data-feed={Feed}] button");
        await Expect(button).ToHaveTextAsync(end);
        await button.ClickAsync();
        await Expect(button).Not.ToHaveTextAsync(end);
        await button.ClickAsync();

        foreach (var open in new[] { page, other })
        {
            await Expect(open.Locator("tr.pause")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
            (await open.EvaluateAsync<bool>("window.stayed === true")).ShouldBeTrue("the page is the same");
        }

        var trail = await centre.Host.Services.GetRequiredService<FindAudit>().Handle(new(null, null, null, null), null, 50, default);
        trail.Where(e => e.Subject == Feed).Select(e => e.Action).ShouldBe([AuditActions.FeedPauseEnded, AuditActions.FeedPaused]);
    }
}
