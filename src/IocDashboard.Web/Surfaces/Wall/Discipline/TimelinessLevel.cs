using System.Globalization;
using IocDashboard.Web.Surfaces.Shared;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>How a percentage on time is judged: alike in the measures, the rankings, the map and the month.</summary>
public static class TimelinessLevel
{
    public const int Critical = 70, Warning = 85, Target = 95;

    /// <returns><c>critical</c>, <c>warning</c>, or one of the two neutral steps <c>n1</c> and <c>n0</c>.</returns>
    public static string Of(decimal percent) => percent switch { < Critical => "critical", < Warning => "warning", < Target => "n1", _ => "n0" };

    public static bool IsAbnormal(string level) => level is "critical" or "warning";

    /// <summary>A rate of at most 1 as a percentage, rounded; not everything is never shown as everything.</summary>
    public static decimal Percent(decimal rate, int decimals)
    {
        var percent = decimal.Round(rate * 100, decimals, MidpointRounding.AwayFromZero);
        return percent == 100 && rate < 1 ? 100 - (decimals == 0 ? 1 : 0.1m) : percent;
    }

    /// <summary>84,3; but 100.</summary>
    public static string Text(decimal percent, CultureInfo culture) => NumberText.Plain(percent, percent == 100 ? 0 : 1, culture);

    /// <summary>The word of an abnormal level; null of a neutral one.</summary>
    public static string? Word(string level, CultureInfo culture) => IsAbnormal(level) ? SurfaceText.Get($"Status.{level}", culture) : null;
}
