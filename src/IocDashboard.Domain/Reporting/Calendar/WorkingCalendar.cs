using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IocDashboard.Domain.Reporting;

/// <summary>
/// One row of the working calendar: a day off (<c>holiday</c>, <c>weekend_holiday</c>, <c>compensatory</c>, <c>swap_off</c>), a
/// <c>working_saturday</c>, or <c>ordinary</c>, by which an earlier row is taken back.
/// </summary>
public sealed record CalendarDay(DateOnly Day, string NameVi, string NameEn, bool Confirmed, string Kind, string Basis)
{
    /// <summary>The one kind that is a day of work: it makes up for a swapped holiday.</summary>
    public const string WorkingSaturday = "working_saturday";

    /// <summary>As its day of the week is.</summary>
    public const string Ordinary = "ordinary";

    public static readonly ImmutableArray<string> Kinds = ["holiday", "weekend_holiday", "compensatory", "swap_off", WorkingSaturday, Ordinary];
}

/// <summary>Which days are worked: Monday to Friday, less the days off, plus the working Saturdays (Labour Code arts. 111–112).</summary>
public sealed class WorkingCalendar(IEnumerable<CalendarDay> days)
{
    public static readonly WorkingCalendar Weekdays = new([]);

    private readonly FrozenDictionary<DateOnly, CalendarDay> _days = days.Where(d => d.Kind != CalendarDay.Ordinary).ToFrozenDictionary(d => d.Day);

    public bool IsWorkingDay(DateOnly day) => _days.TryGetValue(day, out var row)
        ? row.Kind == CalendarDay.WorkingSaturday
        : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The <paramref name="count"/>-th working day after <paramref name="day"/>; count ≥ 1.</summary>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) count--;
        }

        return day;
    }

    /// <summary>The <paramref name="count"/>-th working day before <paramref name="day"/>; count ≥ 1.</summary>
    public DateOnly SubtractWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        while (count > 0)
        {
            day = day.AddDays(-1);
            if (IsWorkingDay(day)) count--;
        }

        return day;
    }

    /// <summary>The day itself when it is worked, else the next working day.</summary>
    public DateOnly RollForward(DateOnly day)
    {
        while (!IsWorkingDay(day)) day = day.AddDays(1);
        return day;
    }

    public CalendarDay? Find(DateOnly day) => _days.GetValueOrDefault(day);
}
