namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>What is measured inside the page: scripts in <c>Scripts/</c>.</summary>
public static class PageScript
{
    private static readonly string Layout = Read("layout.js"), Words = Read("words.js");

    /// <summary>Scroll bars, texts cut off, outside their panel, or over one another.</summary>
    public static async Task<IReadOnlyList<string>> FindLayoutFaultsAsync(this IPage page)
    {
        await page.EvaluateAsync("() => document.fonts.ready");
        return await page.EvaluateAsync<string[]>(Layout);
    }

    /// <summary>Every text of the page, those for screen readers included.</summary>
    public static async Task<IReadOnlyList<string>> ReadWordsAsync(this IPage page) => await page.EvaluateAsync<string[]>(Words);

    private static string Read(string name)
    {
        using var stream = typeof(PageScript).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"No script {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
