using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Security;

/// <summary>Words the value of a fact by what it is.</summary>
public static class SecurityText
{
    public static string Value(object? value, ProvinceTime time) => value switch
    {
        null => T("Sec.None"),
        bool truth => T(truth ? "Sec.Yes" : "Sec.No"),
        TimeSpan length => AgeScale.TwoWords(length, CultureInfo.CurrentUICulture),
        DateTimeOffset instant => DayText.Of(time.Local(instant)),
        IFormattable number => number.ToString(value is int or long ? "N0" : null, CultureInfo.CurrentCulture),
        _ => value.ToString() ?? "",
    };
}
