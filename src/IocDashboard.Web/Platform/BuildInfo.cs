using System.Reflection;

namespace IocDashboard.Web.Platform;

/// <summary>Which build this is. A display that sees another one than it was drawn by reloads itself.</summary>
public static class BuildInfo
{
    private static readonly Assembly Assembly = typeof(BuildInfo).Assembly;

    /// <summary>The released version, e.g. <c>0.1.0</c>.</summary>
    public static string Release { get; } = Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Release and a mark that differs with every compilation: <c>0.1.0+3f2a91c4</c>.</summary>
    public static string Version { get; } = Release + "+" + Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];
}
