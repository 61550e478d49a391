using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>
/// Words that several surfaces use, by explicit culture: a scene is composed on a thread whose own culture says nothing.
/// Vietnamese is neutral, English in <c>SurfaceText.en.resx</c>; a test holds the two complete.
/// </summary>
public static class SurfaceText
{
    public static readonly ResourceManager Resources = new(typeof(SurfaceText));

    public static string Get(string name, CultureInfo culture) =>
        Resources.GetString(name, culture) ?? throw new ArgumentException($"No text named {name}.", nameof(name));

    public static string Format(string name, CultureInfo culture, params ReadOnlySpan<object?> values) =>
        string.Format(culture, Get(name, culture), values);

    /// <summary>A role in the reader's language; its code where it is of another build.</summary>
    public static string RoleName(string role) => Resources.GetString("Role." + role, CultureInfo.CurrentUICulture) ?? role;
}
