namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>Opens windows for a test, keeps their pictures when it fails, and fails it for whatever went wrong in one of them.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    public static readonly ViewportSize FullHd = new() { Width = 1920, Height = 1080 };

    private readonly List<Screen> _screens = [];

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var faults = _screens.SelectMany(s => s.Faults).ToList();
        var context = TestContext.Current;
        foreach (var screen in _screens)
        {
            if (faults.Count > 0 || context.TestState?.Result == TestResult.Failed)
                await screen.KeepPictureAsync($"{context.Test?.TestDisplayName}-{_screens.IndexOf(screen) + 1}");
            await screen.DisposeAsync();
        }

        faults.ShouldBeEmpty();
    }

    protected async Task<IPage> OpenAsync(Uri server, string path, ViewportSize? size = null) => (await OpenScreenAsync(server, path, size)).Page;

    protected async Task<Screen> OpenScreenAsync(Uri server, string path, ViewportSize? size = null)
    {
        var screen = await Screen.OpenAsync(path.Length == 0 ? server : new Uri(server, path), size ?? FullHd);
        _screens.Add(screen);
        return screen;
    }

    /// <summary>Into the test's output: a measured time is worth reading also when it is within its limit.</summary>
    protected static void Report(string text)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage(text);
    }
}
