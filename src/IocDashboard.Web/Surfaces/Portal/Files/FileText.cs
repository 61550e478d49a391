using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Surfaces.Portal.Files;

/// <summary>Words of the pane that takes files. Vietnamese is neutral, English in <c>FileText.en.resx</c>; a test holds the two complete.</summary>
public static class FileText
{
    public static readonly ResourceManager Resources = new(typeof(FileText));

    public static string F(string name) =>
        Resources.GetString(name, CultureInfo.CurrentUICulture) ?? throw new ArgumentException($"No text named {name}.", nameof(name));

    public static string F(string name, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, F(name), values);
}
