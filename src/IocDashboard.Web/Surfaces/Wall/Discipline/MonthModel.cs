using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Web.Features.Timeliness;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>The month by days: of those that are over, the percentage on time; of those to come and of today, how many reports are due.</summary>
/// <param name="From">Column of its first day, Monday being 1.</param>
public sealed record MonthModel(string Title, string Ahead, ValueList<string> Weekdays, string From, ValueList<MonthDay> Days, string? None)
{
    private const int DaysOfWeek = 7;

    public static MonthModel Of(ReportingDiscipline? discipline, DateOnly today, CultureInfo culture)
    {
        var days = discipline?.Month ?? [];
        var first = days.IsDefaultOrEmpty ? today.AddDays(1 - today.Day) : days[0].Day;
        return new(
            WallText.Format("Month.Title", culture, first.ToDateTime(TimeOnly.MinValue)), WallText.Get("Month.Ahead", culture), new(WallText.Get("Month.Weekdays", culture).Split(',')),
            (1 + (((int)first.DayOfWeek + DaysOfWeek - (int)DayOfWeek.Monday) % DaysOfWeek)).ToString(CultureInfo.InvariantCulture),
            new(days.Select(d => MonthDay.Of(d, today, culture))), days.IsDefaultOrEmpty ? WallText.Get("Discipline.NotYet", culture) : null);
    }
}

/// <param name="Status"><c>n0</c>, <c>n1</c>, <c>warning</c>, <c>critical</c>; <c>none</c> of a day on which nothing fell due, and of those to come.</param>
/// <param name="When"><c>past</c>, <c>today</c>, <c>next</c>.</param>
public sealed record MonthDay(string Day, string Status, string? Word, string Text, string When, bool IsOff)
{
    public static MonthDay Of(DisciplineDay day, DateOnly today, CultureInfo culture)
    {
        var number = day.Day.Day.ToString(CultureInfo.InvariantCulture);
        if (day.Day >= today)
            return new(number, "none", null, day.Due == 0 ? "·" : day.Due.ToString(culture), day.Day == today ? "today" : "next", !day.IsWorking);
        if (day.Measure.OnTimeRate is not { } rate) return new(number, "none", null, "·", "past", !day.IsWorking);
        var percent = TimelinessLevel.Percent(rate, 0);
        var level = TimelinessLevel.Of(percent);
        return new(number, level, TimelinessLevel.Word(level, culture), percent.ToString("0", CultureInfo.InvariantCulture), "past", !day.IsWorking);
    }
}
