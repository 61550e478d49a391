using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace IocDashboard.Browser.Tests.Accessibility;

/// <summary>WCAG 2.2, levels A and AA, as far as axe can tell.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] },
    };

    public static async Task ShouldPassAsync(this IPage page, string path)
    {
        // For a moment there is none, while the circuit takes the page over.
        if (await page.Locator("footer.statusline, .pconn").CountAsync() > 0)
            await Expect(page.Locator("footer.statusline[data-circuit], .pconn[data-circuit]")).Not.ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Expect(page).ToHaveTitleAsync(new Regex("."));
        // A button that the last form left half out of sight is not a small one.
        await page.EvaluateAsync("document.querySelectorAll('html, body, .signin').forEach(e => e.scrollTo(0, 0))");
        var result = await page.RunAxe(Rules);
        result.Passes.ShouldNotBeEmpty();
        var violations = result.Violations.SelectMany(v => v.Nodes.Select(n => $"{path}: {v.Id} ({v.Impact}): {n.Html}\n    {n.Any.Concat(n.All).Concat(n.None).FirstOrDefault()?.Message}")).ToList();
        violations.Take(20).ShouldBeEmpty();
    }
}
