using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>A reporting period as people say it: 17/11, Tuần 45, thg 10, Quý III; the year is said when it is not plain from today.</summary>
public static class PeriodText
{
    private static readonly string[] Roman = ["I", "II", "III", "IV"];

    /// <summary>The shortest form, for a tile's foot. A period that began over ten months before <paramref name="today"/> says its year.</summary>
    public static string Short(ReportingPeriod period, DateOnly today, CultureInfo culture)
    {
        var first = period.FirstDay.ToDateTime(TimeOnly.MinValue);
        var text = period.Rhythm switch
        {
            Rhythm.Daily => SurfaceText.Format("Period.Day", culture, first),
            Rhythm.Weekly => SurfaceText.Format("Period.Week", culture, period.Ordinal),
            Rhythm.Monthly => SurfaceText.Format("Period.Month", culture, period.Ordinal, first),
            Rhythm.Quarterly => SurfaceText.Format("Period.Quarter", culture, Roman[period.Ordinal - 1], period.Ordinal),
            Rhythm.HalfYearly => SurfaceText.Format(period.Ordinal == 1 ? "Period.Half1" : "Period.Half2", culture, period.Year),
            _ => SurfaceText.Format("Period.Year", culture, period.Year),
        };
        return period.Rhythm is not (Rhythm.Yearly or Rhythm.HalfYearly) && today.DayNumber - period.FirstDay.DayNumber > 305
            ? SurfaceText.Format("Period.WithYear", culture, text, period.Year)
            : text;
    }

    /// <summary>In full, to stand inside a sentence: tuần 45/2021, tháng 10/2021, quý III/2021.</summary>
    public static string Long(ReportingPeriod period, CultureInfo culture)
    {
        var first = period.FirstDay.ToDateTime(TimeOnly.MinValue);
        return period.Rhythm switch
        {
            Rhythm.Daily => SurfaceText.Format("Period.Long.Day", culture, first),
            Rhythm.Weekly => SurfaceText.Format("Period.Long.Week", culture, period.Ordinal, period.Year),
            Rhythm.Monthly => SurfaceText.Format("Period.Long.Month", culture, period.Ordinal, period.Year, first),
            Rhythm.Quarterly => SurfaceText.Format("Period.Long.Quarter", culture, period.Ordinal, period.Year, Roman[period.Ordinal - 1]),
            Rhythm.HalfYearly => SurfaceText.Format(period.Ordinal == 1 ? "Period.Long.Half1" : "Period.Long.Half2", culture, period.Ordinal, period.Year),
            _ => SurfaceText.Format("Period.Long.Year", culture, period.Ordinal, period.Year),
        };
    }
}
