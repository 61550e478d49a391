using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The console as an operator handles it.</summary>
internal static class ConsolePages
{
    public static ILocator GridRows(this IPage page) => page.Locator("table.live-grid tbody tr[data-series]");

    public static ILocator GridRow(this IPage page, DemoCentre centre, string indicator, string area) =>
        page.Locator(string.Create(CultureInfo.InvariantCulture, $"tr[data-series='{centre.SeriesId(indicator, area)}']"));

    public static ILocator Value(this ILocator row) => row.Locator("td.v");

    public static int SeriesId(this DemoCentre centre, string indicator, string area) =>
        centre.Host.Services.GetRequiredService<CatalogueCache>().Current.SeriesByKey[(indicator, area)].Id;

    /// <summary>The page comes with its first rows; once the circuit is at work it is live.</summary>
    public static async Task WaitForGridAsync(this IPage page)
    {
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Expect(page.GridRows()).Not.ToHaveCountAsync(0, new() { Timeout = 30_000 });
    }

    public static async Task FilterAsync(this IPage page, string text)
    {
        await page.Locator("#figure-search").FillAsync(text);
        await page.Locator(".tab", new() { HasText = "Tất cả" }).ClickAsync();
    }

    /// <summary>The instant of the first frame in which an element's text holds this.</summary>
    public static async Task<DateTimeOffset> WaitForTextAsync(this IPage page, string selector, string text, bool gone = false)
    {
        var at = await page.EvaluateAsync<double>(
            """
            ([selector, text, gone]) => new Promise((resolve, reject) => {
                const started = performance.now();
                const look = () => {
                    const all = [...document.querySelectorAll(selector)].map(e => e.textContent.trim());
                    if (all.some(t => t.includes(text)) !== (gone === "gone")) resolve(Date.now());
                    else if (performance.now() - started > 30000) reject(new Error(`after 30 s ${selector} says ${all.join(" | ").slice(0, 400)}`));
                    else requestAnimationFrame(look);
                };
                look();
            })
            """, new[] { selector, text, gone ? "gone" : "" });
        return DateTimeOffset.UnixEpoch.AddMilliseconds(at);
    }
}
