namespace IocDashboard.Browser.Tests.Wall;

/// <summary>The wall as its reader sees it.</summary>
internal static class WallPages
{
    public static ILocator Tile(this IPage page, string indicator) => page.Locator($"article.tile[data-code='{indicator}']");

    public static Task WaitForLinkAsync(this IPage page, string link, int seconds = 30) =>
        page.WaitForFunctionAsync("link => document.documentElement.dataset.link === link", link, new() { Timeout = seconds * 1000 });

    /// <summary>The instant of the first frame in which the tile shows this value.</summary>
    public static async Task<DateTimeOffset> WaitForValueAsync(this IPage page, string indicator, string shown)
    {
        var at = await page.EvaluateAsync<double>(
            """
            ([code, shown]) => new Promise((resolve, reject) => {
                const started = performance.now();
                const look = () => {
                    const value = document.querySelector(`article.tile[data-code='${code}'] data`)?.textContent;
                    if (value === shown) resolve(Date.now());
                    else if (performance.now() - started > 30000) reject(new Error(`after 30 s ${code} shows ${value}`));
                    else requestAnimationFrame(look);
                };
                look();
            })
            """, new[] { indicator, shown });
        return DateTimeOffset.UnixEpoch.AddMilliseconds(at);
    }
}
