namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>One real Chromium for the whole run; a window is a context of its own, without cookies or storage of another.</summary>
public static class Chromium
{
    // A player's own zone is of no account: every instant on a screen is in the province's.
    private const string ForeignZone = "America/Los_Angeles";

    private static readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> Single = new(LaunchAsync);

    public static async Task<IBrowserContext> OpenContextAsync(ViewportSize size)
    {
        var (_, browser) = await Single.Value;
        return await browser.NewContextAsync(new() { ViewportSize = size, TimezoneId = ForeignZone });
    }

    public static async Task CloseAsync()
    {
        if (!Single.IsValueCreated) return;
        var (driver, browser) = await Single.Value;
        await browser.CloseAsync();
        driver.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> LaunchAsync()
    {
        // Two cores shared with a server and a database: a slow answer is no failure. What must be fast is measured.
        SetDefaultExpectTimeout(15_000);
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program(), Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        });
        return (driver, browser);
    }

    /// <summary>Null: the one that Playwright brought along.</summary>
    private static string? Program() =>
        Environment.GetEnvironmentVariable("IOC_CHROMIUM") is { Length: > 0 } chosen ? chosen
        : Array.Find(["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"], File.Exists);
}
