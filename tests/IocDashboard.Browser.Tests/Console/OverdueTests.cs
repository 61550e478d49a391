using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Browser.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>An agency that stays silent past its deadline is flagged at its deadline, and cleared by its report.</summary>
public sealed class OverdueTests : BrowserTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private DemoCentre _centre = null!;

    public override async ValueTask InitializeAsync() => _centre = await DemoCentre.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task Report_PastItsDeadline_IsFlaggedLiveAndClearedByItsSubmission()
    {
        var owed = await NextDueAsync();
        var (form, agency, period) = ((string)owed["form"]!, (string)owed["agency"]!, (string)owed["period"]!);
        var dueAt = DateTimeOffset.Parse((string)owed["dueAt"]!, CultureInfo.InvariantCulture);
        var href = $"/console/reports/{form}/{agency}/{period}";
        var console = await OpenAsync(_centre.Address, "/console/overdue");
        await Expect(console.Locator(".od-grid tbody tr.go")).Not.ToHaveCountAsync(0);
        await console.Locator("[data-key-filter] input").FillAsync(form);
        var row = console.Locator($"tr.go:has(a[href='{href}'])");
        await Expect(row).ToHaveCountAsync(0);
        var wall = await OpenAsync(_centre.Address, "/wall");
        await Expect(wall.Locator($"[id='od-{form}/{agency}/{period}']")).ToHaveCountAsync(0);

        var waiting = console.WaitForTextAsync($"tr.go a[href='{href}']", "");
        _centre.Clock.PutForward(dueAt - _centre.Clock.GetUtcNow());
        var passed = TimeProvider.System.GetUtcNow();
        Judge("flagged", passed, await waiting);
        await Expect(row).ToContainTextAsync("chưa nhận");
        await CountsAsync(console);
        ((string?)(await _centre.Reporter.ListAsync($"obligations?form={form}&state=overdue")).First(o => (string)o["period"]! == period)["overdueSince"])
            .ShouldBe((string?)owed["dueAt"], "dated at its deadline and not at the sweep that found it");

        waiting = console.WaitForTextAsync($"tr.go a[href='{href}']", "", gone: true);
        var acknowledged = await _centre.Reporter.SubmitAsync(form, period);
        Judge("cleared", acknowledged, await waiting);
        await Expect(row).ToHaveCountAsync(0);
        await console.Locator(".tab", new() { HasText = "Nộp trễ" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(1);

        // Its source changes (article 9.1b): it is to come again.
        await console.Locator(".tab", new() { HasText = "Sắp đến hạn" }).ClickAsync();
        await _centre.Reporter.TellChangedAsync(form, agency, period, _centre.Clock.GetUtcNow());
        await Expect(row).ToContainTextAsync("nguồn đổi");
        await _centre.Reporter.SubmitAsync(form, period);
        await Expect(row).ToHaveCountAsync(0);
    }

    private async Task<JsonNode> NextDueAsync()
    {
        var owed = (await _centre.Reporter.ListAsync("obligations?state=dueSoon")).Concat(await _centre.Reporter.ListAsync("obligations?state=open"));
        return owed.MinBy(o => (string)o["dueAt"]!, StringComparer.Ordinal)!;
    }

    /// <summary>The menu, which counts once a second, comes to the number of the public interface.</summary>
    private async Task CountsAsync(IPage page)
    {
        var shown = page.Locator(".nav a[href='/console/overdue'] .ct").Last;
        var until = TimeProvider.System.GetUtcNow() + Limit;
        while (true)
        {
            var overdue = (await _centre.Reporter.ListAsync("obligations?state=overdue")).Count.ToString("N0", CultureInfo.GetCultureInfo("vi-VN"));
            if (await shown.InnerTextAsync() == overdue) return;
            if (TimeProvider.System.GetUtcNow() > until) (await shown.InnerTextAsync()).ShouldBe(overdue);
            await Task.Delay(100);
        }
    }

    private static void Judge(string what, DateTimeOffset from, DateTimeOffset shown)
    {
        var took = shown - from;
        Report(string.Create(CultureInfo.InvariantCulture, $"overdue report: {what} in the console after {took.TotalMilliseconds:0} ms"));
        took.ShouldBeLessThan(Limit);
    }
}
