using System.Globalization;

namespace IocDashboard.Web.Surfaces;

/// <summary>A display's language is in its address and nowhere else: it has no person whose preference could be asked.</summary>
public static class DisplayCulture
{
    public static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN"), English = CultureInfo.GetCultureInfo("en");

    public static CultureInfo Of(string? lang) => lang?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? English : Vietnamese;
}
