using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Surfaces.Console;

/// <summary>
/// The console's words in the language of the circuit. Vietnamese is neutral, English in <c>ConsoleText.en.resx</c>;
/// a test holds the two complete.
/// </summary>
public static class ConsoleText
{
    public static readonly ResourceManager Resources = new(typeof(ConsoleText));

    public static string T(string name) => Get(name, CultureInfo.CurrentUICulture);

    public static string T(string name, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.CurrentCulture, T(name), values);

    /// <summary>For texts that are kept for a language and shared between circuits.</summary>
    public static string Get(string name, CultureInfo culture) =>
        Resources.GetString(name, culture) ?? throw new ArgumentException($"No text named {name}.", nameof(name));
}
