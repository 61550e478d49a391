using System.Globalization;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>What a person recognises of a browser's own words about itself: <c>Edge, Windows</c>.</summary>
public static class DeviceText
{
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static string Of(string? agent) => (Found(agent, Browsers), Found(agent, Systems)) switch
    {
        (null, null) => SurfaceText.Get("Device.Unknown", CultureInfo.CurrentUICulture),
        (null, var system) => system,
        (var browser, null) => browser,
        var (browser, system) => $"{browser}, {system}",
    };

    private static string? Found(string? agent, (string Mark, string Name)[] known) =>
        known.Where(k => agent?.Contains(k.Mark, StringComparison.Ordinal) == true).Select(k => k.Name).FirstOrDefault();
}
