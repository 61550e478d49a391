using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// Real pages in one real Chromium: walls that note when a new value of a tile was painted, and consoles with their circuits.
/// The moment is taken in the task after the animation frame that followed the swap, on the page's own clock.
/// </summary>
internal sealed class Screens : IAsyncDisposable
{
    private const string NotePaints = """
        (() => {
          const painted = [], seen = new Map(), after = new MessageChannel();
          let waiting = [];
          window.benchPainted = painted;
          after.port1.onmessage = () => {
            const at = performance.timeOrigin + performance.now();
            for (const change of waiting) painted.push({ code: change[0], value: change[1], at });
            waiting = [];
          };
          new MutationObserver(() => {
            let any = false;
            for (const tile of document.querySelectorAll("article[data-code]")) {
              const value = tile.querySelector(".tile-value data")?.value;
              if (value === undefined || seen.get(tile.dataset.code) === value) continue;
              seen.set(tile.dataset.code, value);
              waiting.push([tile.dataset.code, value]);
              any = true;
            }
            if (any) requestAnimationFrame(() => after.port2.postMessage(0));
          }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        })();
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<IPage> _walls = [];
    private int _circuits;

    private Screens(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public int Circuits => _circuits;

    /// <summary>Null when this machine has no Chromium.</summary>
    public static async Task<Screens?> StartAsync()
    {
        if (Chromium() is not { } program) return null;
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        return new(playwright, browser);
    }

    public async Task OpenWallsAsync(Uri server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
            await context.AddInitScriptAsync(NotePaints);
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(server, "/wall").AbsoluteUri);
            await page.WaitForFunctionAsync("() => document.getElementById('wall')?.dataset.seq > 0", null, new() { Timeout = 60_000 });
            _walls.Add(page);
        }
    }

    /// <summary>Opens a wall in a fresh profile, waits until its figures are painted, and closes it.</summary>
    public async Task PaintWallAsync(Uri server)
    {
        await using var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(server, "/wall").AbsoluteUri);
        await page.Locator("article[data-code] .tile-value data").First.WaitForAsync();
        await page.EvaluateAsync("() => new Promise(painted => requestAnimationFrame(() => setTimeout(painted, 0)))");
    }

    public async Task OpenConsolesAsync(Uri server, int count)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1600, Height = 900 } });
        for (var i = 0; i < count; i++)
        {
            var page = await context.NewPageAsync();
            var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            page.WebSocket += (_, socket) =>
            {
                if (socket.Url.Contains("/_blazor", StringComparison.Ordinal)) connected.TrySetResult();
            };
            await page.GotoAsync(new Uri(server, "/console").AbsoluteUri);
            await connected.Task.WaitAsync(TimeSpan.FromSeconds(60));
            _circuits++;
        }
    }

    /// <summary>Signs an official in at the portal.</summary>
    public async Task<Desk> OpenDeskAsync(Uri server, string userName, string password)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await context.AddInitScriptAsync(Desk.Stopwatches);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(server, "/signin?lang=vi").AbsoluteUri);
        await page.Locator("#u").FillAsync(userName);
        await page.Locator("#p").FillAsync(password);
        await page.Locator("form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/portal");
        return new(context, page, server);
    }

    /// <summary>What each wall painted so far, on this process's clock.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Paint>>> PaintsAsync()
    {
        var all = new List<IReadOnlyList<Paint>>();
        foreach (var wall in _walls)
        {
            var ahead = await AheadAsync(wall);
            var paints = await wall.EvaluateAsync<JsonElement>("() => window.benchPainted");
            all.Add([.. paints.EnumerateArray().Select(p => new Paint(
                p.GetProperty("code").GetString()!, decimal.Parse(p.GetProperty("value").GetString()!, CultureInfo.InvariantCulture),
                DateTimeOffset.UnixEpoch.AddMilliseconds(p.GetProperty("at").GetDouble() - ahead)))]);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>How many milliseconds the page's clock is ahead of ours, from the quickest of a few questions.</summary>
    private static async Task<double> AheadAsync(IPage page)
    {
        var best = (Took: double.MaxValue, Ahead: 0d);
        for (var i = 0; i < 10; i++)
        {
            var before = Milliseconds();
            var there = await page.EvaluateAsync<double>("() => performance.timeOrigin + performance.now()");
            var after = Milliseconds();
            if (after - before < best.Took) best = (after - before, there - ((before + after) / 2));
        }

        return best.Ahead;

        static double Milliseconds() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
    }

    private static string? Chromium()
    {
        if (Environment.GetEnvironmentVariable("IOC_CHROMIUM") is { Length: > 0 } given) return given;
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return new[] { "chromium", "chromium-browser", "google-chrome" }.SelectMany(name => path.Select(d => Path.Combine(d, name))).FirstOrDefault(File.Exists);
    }
}

/// <summary>A tile showed another value than before.</summary>
internal sealed record Paint(string Indicator, decimal Value, DateTimeOffset At);
