using System.Globalization;
using Microsoft.Playwright;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// An official at the portal in a real Chromium. Times are the page's own: from the navigation's start to the moment at which the grid
/// takes keys, and from each key to the next task that the main thread is free for.
/// </summary>
internal sealed class Desk(IBrowserContext context, IPage page, Uri server) : IAsyncDisposable
{
    /// <summary>Run in every page before its own scripts.</summary>
    public const string Stopwatches = """
        (() => {
          const busy = window.benchBusy = [], free = new MessageChannel();
          let began = 0;
          free.port1.onmessage = () => busy.push(performance.now() - began);
          addEventListener("keydown", () => { began = performance.now(); free.port2.postMessage(0); }, true);
          new MutationObserver((_, observer) => {
            if (!document.querySelector("td[data-c][tabindex='0']")) return;
            window.benchReady = performance.now();
            observer.disconnect();
          }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["tabindex"] });
        })();
        """;

    /// <returns>Milliseconds to a grid that takes keys.</returns>
    public async Task<double> OpenSheetAsync(string path)
    {
        await page.GotoAsync(new Uri(server, path).AbsoluteUri);
        await page.WaitForFunctionAsync("() => window.benchReady > 0", null, new() { Timeout = 60_000 });
        return await page.EvaluateAsync<double>("() => window.benchReady");
    }

    public Task<int> CountCellsAsync() => page.Locator("td[data-c]").CountAsync();

    /// <summary>Types figures of two digits and leaves each cell downwards: three keys a cell.</summary>
    /// <returns>Milliseconds of the main thread for each key.</returns>
    public async Task<List<double>> TypeAsync(int keys)
    {
        await page.Locator("td[data-c]").First.ClickAsync();
        await page.EvaluateAsync("() => { window.benchBusy.length = 0; }");
        for (var i = 0; i < keys; i++)
        {
            await page.Keyboard.PressAsync((i % 3) switch { 0 => "1", 1 => "2", _ => "Enter" });
            await Task.Delay(60);
        }

        return [.. await page.EvaluateAsync<double[]>("() => window.benchBusy")];
    }

    /// <summary>A run counts only if what was typed is there after the page was opened anew.</summary>
    public async Task ReloadAndCheckAsync(string path, int keys)
    {
        await Task.Delay(TimeSpan.FromSeconds(3));
        await OpenSheetAsync(path);
        var kept = await page.Locator("td[data-c] span", new() { HasTextString = "12" }).CountAsync();
        if (kept < keys / 3) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{kept} of {keys / 3} cells were kept."));
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
