using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>A deadline rule in words: <c>end+5bd@17:00</c> is «17:00, ngày làm việc thứ 5 sau khi hết kỳ».</summary>
public static class DeadlineText
{
    public static string Of(string rule) => DeadlineRule.TryParse(rule, out var parsed) ? Of(parsed) : rule;

    public static string Of(DeadlineRule rule) => rule switch
    {
        AfterEnd { Working: true, Days: 1 } end => T("Rule.NextWorkingDay", Clock(end.Time)),
        AfterEnd { Working: true } end => T("Rule.WorkingDays", Clock(end.Time), end.Days),
        AfterEnd { Days: 1 } end => T("Rule.NextDay", Clock(end.Time)),
        AfterEnd end => T("Rule.Days", Clock(end.Time), end.Days),
        DayOfMonth { Cut: { } cut } day => $"{T("Rule.DayOfMonth", Clock(day.Time), day.Day)}; {T("Rule.Cut", cut - 1)}",
        DayOfMonth day => T("Rule.DayOfMonth", Clock(day.Time), day.Day),
        FixedDates dates => T("Rule.Fixed", Clock(dates.Time), string.Join(", ", dates.Dates.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Day:00}/{d.Month:00}")))),
        StreamRule { AfterHour: true } stream => T("Rule.AfterHour", Words(stream.Allowance), Words(stream.Tolerated * StreamRule.LostAfter)),
        StreamRule stream => T("Rule.Stale", Words(stream.Allowance), Words(stream.Tolerated * StreamRule.LostAfter)),
        _ => "",
    };

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Words(TimeSpan span) => AgeScale.TwoWords(span, CultureInfo.CurrentUICulture);
}
