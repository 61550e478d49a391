namespace IocDashboard.Components.Tests;

/// <summary>
/// Writes what a test rendered as a page that a browser opens, when <c>IOC_PREVIEW</c> names a folder: to look at a
/// drawing without the rest of the application.
/// </summary>
internal static class Preview
{
    public static async Task WriteAsync(string file, string lang, string body, string link = "live")
    {
        if (Environment.GetEnvironmentVariable("IOC_PREVIEW") is not { Length: > 0 } folder) return;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, file), $"""
            <!DOCTYPE html><html lang="{lang}" data-theme="wall" data-link="{link}"><head><meta charset="utf-8">
            <link rel="stylesheet" href="wwwroot/fonts/fonts.css"><link rel="stylesheet" href="wwwroot/styles/tokens.css">
            <link rel="stylesheet" href="wwwroot/styles/wall.css"></head><body>{body}</body></html>
            """);
    }
}
