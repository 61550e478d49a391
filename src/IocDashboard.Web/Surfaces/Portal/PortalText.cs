using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Surfaces.Portal;

/// <summary>The portal's words in the language of the circuit. Vietnamese is neutral, English in <c>PortalText.en.resx</c>; a test holds the two complete.</summary>
public static class PortalText
{
    public static readonly ResourceManager Resources = new(typeof(PortalText));

    public static string T(string name) =>
        Resources.GetString(name, CultureInfo.CurrentUICulture) ?? throw new ArgumentException($"No text named {name}.", nameof(name));

    public static string T(string name, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, T(name), values);
}
