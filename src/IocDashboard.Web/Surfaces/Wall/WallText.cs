using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>The wall's own words, by explicit culture, as <see cref="Shared.SurfaceText"/> has those of all surfaces.</summary>
public static class WallText
{
    public static readonly ResourceManager Resources = new(typeof(WallText));

    public static string Get(string name, CultureInfo culture) =>
        Resources.GetString(name, culture) ?? throw new ArgumentException($"No text named {name}.", nameof(name));

    public static string Format(string name, CultureInfo culture, params ReadOnlySpan<object?> values) =>
        string.Format(culture, Get(name, culture), values);
}
