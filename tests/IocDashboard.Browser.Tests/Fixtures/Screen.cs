using System.Collections.Concurrent;

namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>One window with all that went wrong in it: errors of its console and scripts, requests refused, dialogs.</summary>
public sealed class Screen : IAsyncDisposable
{
    // What a browser and the hubs' clients say about a server that does not answer.
    private static readonly string[] NoServer =
        ["ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "WebSocket", "Failed to load resource", "Failed to fetch", "Failed to start the connection", "Connection disconnected"];

    private readonly ConcurrentQueue<string> _faults = [];
    private readonly IBrowserContext _context;
    private volatile bool _serverMayBeAway;

    private Screen(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsExpected(message.Text)) _faults.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _faults.Enqueue($"script: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !_serverMayBeAway) _faults.Enqueue($"{response.Status}: {response.Url}");
        };

        // Nobody stands before a wall to press «OK».
        page.Dialog += async (_, dialog) =>
        {
            _faults.Enqueue($"dialog: {dialog.Type} {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    public IPage Page { get; }
    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<Screen> OpenAsync(Uri address, ViewportSize size)
    {
        var context = await Chromium.OpenContextAsync(size);
        var screen = new Screen(context, await context.NewPageAsync());
        await screen.Page.GotoAsync(address.ToString());
        return screen;
    }

    /// <summary>From here on refused connections are what the test wants; everything else still counts.</summary>
    public void ServerMayBeAway() => _serverMayBeAway = true;

    public async Task KeepPictureAsync(string test)
    {
        var file = string.Concat(test.Select(c => char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '-'));
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(), file + ".png") });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private bool IsExpected(string message) => _serverMayBeAway && NoServer.Any(words => message.Contains(words, StringComparison.Ordinal));

    private static string Pictures()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !directory.EnumerateFiles("*.csproj").Any()) directory = directory.Parent;
        return Directory.CreateDirectory(Path.Combine(directory?.FullName ?? AppContext.BaseDirectory, "TestResults")).FullName;
    }
}
