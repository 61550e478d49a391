using System.Collections.Frozen;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Demo.Figures;

/// <summary>How an activity follows the year and the week.</summary>
internal enum Pattern
{
    /// <summary>The same all year.</summary>
    Steady,

    /// <summary>Offices and factories: weekdays, a long pause at Tết.</summary>
    Working,

    /// <summary>Tourism: summer and weekends, quiet in the rains of October and November.</summary>
    Leisure,

    /// <summary>Electricity: hot months, a little less at weekends, much less at Tết.</summary>
    Power,

    /// <summary>Fishing: the calm months from February to September.</summary>
    Fishing,

    /// <summary>Diseases and damage that come with the rains.</summary>
    Rainy,

    /// <summary>What the dry season brings: salt water upriver, dust.</summary>
    Dry,

    /// <summary>Money that is spent late in the year.</summary>
    YearEnd,

    /// <summary>Rice is sown in two seasons: December–January and May–June.</summary>
    Sowing,
}

/// <summary>Factors around 1 by pattern and day (civil days of the province).</summary>
internal sealed class Season
{
    private static readonly DateOnly FirstDay = new(2018, 1, 1);
    private const int DaysKept = 23 * 366;

    // One weight a month, January first.
    private static readonly FrozenDictionary<Pattern, double[]> ByMonth = new Dictionary<Pattern, double[]>
    {
        [Pattern.Steady] = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        [Pattern.Working] = [0.97, 0.92, 1, 1, 1.01, 1.02, 1.01, 1, 1.01, 1.01, 1.02, 1.05],
        [Pattern.Leisure] = [1.02, 1.08, 1.06, 1.05, 1.05, 1.16, 1.22, 1.16, 0.96, 0.82, 0.80, 0.92],
        [Pattern.Power] = [0.92, 0.90, 0.96, 1.02, 1.08, 1.12, 1.12, 1.09, 1.02, 0.96, 0.93, 0.92],
        [Pattern.Fishing] = [0.82, 1.0, 1.12, 1.18, 1.18, 1.15, 1.12, 1.08, 0.98, 0.80, 0.74, 0.76],
        [Pattern.Rainy] = [0.8, 0.7, 0.65, 0.7, 0.85, 1.0, 1.1, 1.15, 1.25, 1.35, 1.35, 1.1],
        [Pattern.Dry] = [0.9, 1.0, 1.15, 1.25, 1.3, 1.3, 1.25, 1.15, 0.85, 0.55, 0.5, 0.7],
        [Pattern.YearEnd] = [0.6, 0.6, 0.8, 0.85, 0.9, 1.0, 1.0, 1.05, 1.1, 1.2, 1.35, 1.6],
        [Pattern.Sowing] = [3.2, 0.9, 0.1, 0.1, 2.2, 2.6, 0.5, 0.1, 0.05, 0.05, 0.3, 1.9],
    }.ToFrozenDictionary();

    // Monday first.
    private static readonly double[] Offices = [1.08, 1.06, 1.04, 1.04, 1.02, 0.9, 0.86];
    private static readonly double[] Outings = [0.9, 0.88, 0.9, 0.94, 1.02, 1.2, 1.16];
    private static readonly double[] Load = [1.01, 1.02, 1.02, 1.02, 1.02, 0.98, 0.93];

    private readonly FrozenDictionary<Pattern, double[]> _sums;
    private readonly WorkingCalendar _calendar;

    public Season(WorkingCalendar calendar)
    {
        _calendar = calendar;
        _sums = ByMonth.Keys.ToFrozenDictionary(p => p, p =>
        {
            var sums = new double[DaysKept + 1];
            for (var i = 0; i < DaysKept; i++) sums[i + 1] = sums[i] + Factor(p, FirstDay.AddDays(i));
            return sums;
        });
    }

    /// <summary>The mean factor of the days, both included.</summary>
    public double Mean(Pattern pattern, DateOnly first, DateOnly last) =>
        first == last ? Factor(pattern, first) : Sum(pattern, first, last) / (last.DayNumber - first.DayNumber + 1);

    /// <summary>How much of a year's activity lies between its first day and <paramref name="last"/>, in [0, 1]; never falls within the year.</summary>
    public double ShareOfYear(Pattern pattern, DateOnly yearFirst, DateOnly yearLast, DateOnly last) =>
        last < yearFirst ? 0 : last >= yearLast ? 1 : Sum(pattern, yearFirst, last) / Sum(pattern, yearFirst, yearLast);

    /// <summary>By the hour of the day (0–24): more by day, with a morning and an evening peak for electricity and traffic.</summary>
    public static double OfHour(Pattern pattern, double hour) => pattern switch
    {
        Pattern.Power => 0.86 + (0.17 * Bump(hour, 10.5, 3)) + (0.26 * Bump(hour, 19, 2.6)) - (0.08 * Bump(hour, 3.5, 3)),
        Pattern.Leisure => 0.32 + (0.55 * Bump(hour, 10, 2.6)) + (1.35 * Bump(hour, 19.3, 2.8)) - (0.2 * Bump(hour, 3.5, 3.2)),
        Pattern.Working => 0.42 + (0.8 * Bump(hour, 8, 2.6)) + (0.9 * Bump(hour, 16.6, 2.8)) - (0.15 * Bump(hour, 3, 3)),
        Pattern.Dry => 0.92 + (0.2 * Bump(hour, 7.5, 2.4)) + (0.14 * Bump(hour, 18.5, 2.4)),
        _ => 1,
    };

    private double Factor(Pattern pattern, DateOnly day)
    {
        var months = ByMonth[pattern];
        var month = day.Month - 1;
        // Between the middles of two months, so that no figure jumps on the first of a month.
        var along = ((day.Day - 0.5) / DateTime.DaysInMonth(day.Year, day.Month)) - 0.5;
        var next = along < 0 ? months[(month + 11) % 12] : months[(month + 1) % 12];
        var ofYear = months[month] + ((next - months[month]) * Math.Abs(along));
        var weekday = ((int)day.DayOfWeek + 6) % 7;
        return ofYear * pattern switch
        {
            Pattern.Working => Offices[weekday] * (IsTet(day) ? 0.55 : 1),
            Pattern.Leisure => Outings[weekday] * (IsTet(day) ? 1.35 : 1),
            Pattern.Power => Load[weekday] * (IsTet(day) ? 0.68 : 1),
            Pattern.Fishing => IsTet(day) ? 0.35 : 1,
            Pattern.YearEnd => IsTet(day) ? 0.3 : 1,
            _ => 1,
        };
    }

    // Days off in January and February that are not New Year's Day can only be Tết.
    private bool IsTet(DateOnly day) =>
        day is { Month: 1, Day: > 10 } or { Month: 2 }
        && _calendar.Find(day) is { } row && row.Kind != CalendarDay.WorkingSaturday;

    private double Sum(Pattern pattern, DateOnly first, DateOnly last)
    {
        var sums = _sums[pattern];
        return sums[Index(last) + 1] - sums[Index(first)];
    }

    private static int Index(DateOnly day) => Math.Clamp(day.DayNumber - FirstDay.DayNumber, 0, DaysKept - 1);

    private static double Bump(double hour, double at, double width)
    {
        var away = Math.Abs(hour - at);
        away = Math.Min(away, 24 - away) / width;
        return Math.Exp(-away * away);
    }
}
