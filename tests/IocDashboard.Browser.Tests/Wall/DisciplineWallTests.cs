using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IocDashboard.Browser.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Wall;

/// <summary>Reporting discipline on the wall: a deadline counts down, passes, and what it was for is overdue until it comes.</summary>
public sealed partial class DisciplineWallTests : BrowserTest
{
    private const string Address = "/wall?scene=discipline";

    // A second on a quiet machine; the limit leaves room for one with other work.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private DemoCentre _centre = null!;

    public override async ValueTask InitializeAsync() => _centre = await DemoCentre.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task Report_AsItsDeadlinePasses_TurnsFromDueToOverdue_AndLeavesWhenItArrives()
    {
        var owed = await NextDueAsync();
        var (form, agency, period) = ((string)owed["form"]!, (string)owed["agency"]!, (string)owed["period"]!);
        var dueAt = DateTimeOffset.Parse((string)owed["dueAt"]!, CultureInfo.InvariantCulture);
        // A minute before it: the display itself must count through nought.
        _centre.Clock.PutForward(dueAt.AddSeconds(-60) - _centre.Clock.GetUtcNow());
        var wall = await OpenAsync(_centre.Address, Address);
        await wall.WaitForLinkAsync("live");
        await wall.EvaluateAsync("() => window.sameDocument = true");
        var left = wall.Locator($".due-left[data-due-at='{dueAt.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}']").First;
        await Expect(left).ToHaveTextAsync(Clock(), new() { Timeout = 20_000 });
        await Expect(left).ToHaveAttributeAsync("data-hot", "");
        var shown = await left.InnerTextAsync();
        await Expect(left).Not.ToHaveTextAsync(shown);
        await NothingIsSentForACountAsync(wall, left);

        var overdue = wall.Locator("#w-overdue-list .panel-meta");
        var before = await CountAsync(overdue);
        await Expect(left).ToHaveCountAsync(0, new() { Timeout = 90_000 });
        var passed = TimeProvider.System.GetUtcNow();
        await wall.WaitForFunctionAsync("n => Number(document.querySelector('#w-overdue-list .panel-meta').textContent.match(/\\d+/g).at(-1)) > n", before);
        Judge("overdue", passed);

        var many = await CountAsync(overdue);
        var acknowledged = await _centre.Reporter.SubmitAsync(form, period);
        await wall.WaitForFunctionAsync("n => Number(document.querySelector('#w-overdue-list .panel-meta').textContent.match(/\\d+/g).at(-1)) < n", many);
        Judge($"{agency}'s report gone", acknowledged);
        (await wall.EvaluateAsync<bool>("() => window.sameDocument === true")).ShouldBeTrue();
    }

    /// <summary>With a centre that cannot be asked nobody knows what came in.</summary>
    [Fact]
    public async Task Countdown_AtNought_SaysOverdue_AndWithoutTheCentreOnlyThatTimeIsUp()
    {
        _centre.Clock.PutForward(TimeSpan.FromMinutes(-30));
        var screen = await OpenScreenAsync(_centre.Address, Address);
        var wall = screen.Page;
        await wall.WaitForLinkAsync("live");
        var left = wall.Locator(".due-left[data-due-at]").First;
        await Expect(left).ToHaveTextAsync(Clock(), new() { Timeout = 20_000 });

        // The display's own clock passes the deadline; the centre's does not, and sends nothing new.
        await wall.EvaluateAsync("() => document.querySelector('.due-left').dataset.dueAt = new Date(0).toISOString()");
        await Expect(left).ToHaveTextAsync("quá hạn");
        await Expect(left).ToHaveAttributeAsync("data-over", "");
        screen.ServerMayBeAway();
        await _centre.Host.App.StopAsync();
        await wall.WaitForLinkAsync("lost");
        await Expect(left).ToHaveTextAsync("hết giờ");
        await Expect(left).Not.ToHaveAttributeAsync("data-hot", "");
        (await wall.EvaluateAsync<bool>("() => getComputedStyle(document.querySelector('.dues').closest('.stage')).filter.includes('grayscale(1)')")).ShouldBeTrue();
    }

    [Fact]
    public async Task Wall_AsOfAPastInstant_ShowsItsDisciplineAndCountsNothing()
    {
        var wall = await OpenAsync(_centre.Address, Address + "&asOf=2026-11-20T07:30:00%2B07:00");
        await Expect(wall.Locator(".bar-past")).ToContainTextAsync("Xem tại 07:30, 20/11/2026");
        await Expect(wall.Locator(".cal-today")).ToContainTextAsync("20");
        await Expect(wall.Locator(".ranking-agencies .rank-list .rank")).Not.ToHaveCountAsync(0);
        var left = wall.Locator(".due-left").First;
        await Expect(left).ToHaveTextAsync("00:30:00");
        await wall.WaitForTimeoutAsync(2_500);
        await Expect(left).ToHaveTextAsync("00:30:00");
        (await wall.FindLayoutFaultsAsync()).ShouldBeEmpty();
    }

    /// <summary>A second passes on the screen, and no frame brings it.</summary>
    private static async Task NothingIsSentForACountAsync(IPage wall, ILocator left)
    {
        var changed = await wall.EvaluateAsync<int>(
            """
            () => new Promise(resolve => {
                let redrawn = 0;
                const place = document.getElementById("w-due");
                const observer = new MutationObserver(changes => { redrawn += changes.filter(c => !(c.target.nodeType === Node.TEXT_NODE || c.target.matches?.(".due-left"))).length; });
                observer.observe(place, { childList: true, subtree: true, characterData: true });
                setTimeout(() => { observer.disconnect(); resolve(redrawn); }, 3000);
            })
            """);
        changed.ShouldBe(0);
        await Expect(left).ToHaveTextAsync(Clock());
    }

    private async Task<JsonNode> NextDueAsync()
    {
        var owed = (await _centre.Reporter.ListAsync("obligations?state=dueSoon")).Concat(await _centre.Reporter.ListAsync("obligations?state=open"));
        return owed.MinBy(o => (string)o["dueAt"]!, StringComparer.Ordinal)!;
    }

    /// <summary>The last number that it says: 7 of 12 forms.</summary>
    private static async Task<int> CountAsync(ILocator meta) => int.Parse(Numbers().Matches(await meta.InnerTextAsync())[^1].Value, CultureInfo.InvariantCulture);

    private static void Judge(string what, DateTimeOffset from)
    {
        var took = TimeProvider.System.GetUtcNow() - from;
        Report(string.Create(CultureInfo.InvariantCulture, $"discipline: {what} on the wall after {took.TotalMilliseconds:0} ms"));
        took.ShouldBeLessThan(Limit);
    }

    [GeneratedRegex(@"\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^00:\d\d:\d\d$")] // Playwright knows no other option than the usual
    private static partial Regex Clock();
}
