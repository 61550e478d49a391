using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Platform.Errors;

/// <summary>The words of the error page.</summary>
internal static class ErrorTexts
{
    private static readonly ResourceManager Resources = new(typeof(ErrorTexts));

    public static string Get(string name) => Resources.GetString(name, CultureInfo.CurrentUICulture) ?? name;

    public static string Format(string name, object value) => string.Format(CultureInfo.CurrentCulture, Get(name), value);
}
