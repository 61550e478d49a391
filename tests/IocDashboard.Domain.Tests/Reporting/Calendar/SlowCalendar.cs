using System.Globalization;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

/// <summary>A day as somebody entered it into a calendar.</summary>
/// <param name="Agency">Whose; empty: the nation's.</param>
internal sealed record SlowDay(string Agency, DateOnly Day, string Kind, DateTimeOffset RecordedAt);

/// <summary>
/// The reference model of deadlines, slow and obvious: it walks day by day and minute by minute, knows nothing of the code that it judges,
/// and of time zones only that the province is seven hours ahead of UTC, without daylight saving.
/// </summary>
/// <param name="rows">All that was ever entered, in the order of entry.</param>
/// <param name="agency">By whose calendar.</param>
/// <param name="knownAt">As it was known then.</param>
internal sealed class SlowCalendar(IReadOnlyList<SlowDay> rows, string agency, DateTimeOffset knownAt)
{
    private readonly Dictionary<DateOnly, bool> _worked = [];

    public bool IsWorked(DateOnly day) => _worked.TryGetValue(day, out var worked) ? worked : _worked[day] = Look(day);

    /// <summary>Its own row goes before the nation's, the newest before the older ones; without a row the day of the week decides.</summary>
    private bool Look(DateOnly day)
    {
        var kind = Newest(agency) ?? Newest("") ?? "ordinary";
        return kind switch
        {
            "working_saturday" => true,
            "ordinary" => day.DayOfWeek != DayOfWeek.Saturday && day.DayOfWeek != DayOfWeek.Sunday,
            _ => false,
        };

        string? Newest(string of)
        {
            SlowDay? newest = null;
            foreach (var row in rows)
                if (row.Agency == of && row.Day == day && row.RecordedAt <= knownAt && (newest is null || row.RecordedAt >= newest.RecordedAt)) newest = row;
            return newest?.Kind;
        }
    }

    /// <summary>When a report of the period is due, by the grammar: <c>end+1d@08:00</c>, <c>end+5bd@17:00</c>, <c>day20@17:00;cut=15-14</c>, <c>fixed=04-01,…@09:00</c>.</summary>
    public DateTimeOffset DueAt(string rule, string period)
    {
        var parts = rule.Split(';')[0].Split('@');
        var (terms, clock) = (parts[0], TimeOnly.ParseExact(parts[1], "HH:mm", CultureInfo.InvariantCulture));
        var days = SlowPeriods.Days(period);
        var day = days[^1];
        if (terms.EndsWith("bd", StringComparison.Ordinal))
        {
            for (var left = Number(terms["end+".Length..^2]); left > 0; left -= IsWorked(day) ? 1 : 0) day = day.AddDays(1);
            return At(day, clock);
        }

        if (terms.StartsWith("end+", StringComparison.Ordinal))
            for (var left = Number(terms["end+".Length..^1]); left > 0; left--) day = day.AddDays(1);
        else if (terms.StartsWith("day", StringComparison.Ordinal))
            day = LastUpTo(day.Year, day.Month, Number(terms["day".Length..]));
        else
        {
            var date = terms["fixed=".Length..].Split(',')[SlowPeriods.Place(period) - 1].Split('-');
            day = LastUpTo(Number(period[..4]), Number(date[0]), Number(date[1]));
        }

        while (!IsWorked(day)) day = day.AddDays(1);
        return At(day, clock);
    }

    /// <summary>The days that the period is about: with <c>cut=15-14</c> from the 15th of the month before to the 14th of its last.</summary>
    public static (DateOnly First, DateOnly Last) Covers(string rule, string period)
    {
        var days = SlowPeriods.Days(period);
        var (first, last) = (days[0], days[^1]);
        if (rule.Split(";cut=") is not [_, var cut]) return (first, last);
        do first = first.AddDays(-1);
        while (first.Day != Number(cut.Split('-')[0]));
        while (last.Day != Number(cut.Split('-')[1])) last = last.AddDays(-1);
        return (first, last);
    }

    /// <summary>So many working days before or after the deadline's day, at that time or the deadline's own.</summary>
    public DateTimeOffset StepAt(DateTimeOffset dueAt, int workingDays, TimeOnly? at)
    {
        var local = dueAt.ToOffset(TimeSpan.FromHours(7));
        var day = new DateOnly(local.Year, local.Month, local.Day);
        while (workingDays != 0)
        {
            day = day.AddDays(workingDays > 0 ? 1 : -1);
            if (IsWorked(day)) workingDays += workingDays > 0 ? -1 : 1;
        }

        return At(day, at ?? new TimeOnly(local.Hour, local.Minute));
    }

    /// <summary>The first instant that is not quiet, looked for minute by minute.</summary>
    public DateTimeOffset Loud(DateTimeOffset instant, TimeOnly from, TimeOnly until, bool workingDaysOnly)
    {
        if (!IsQuiet(instant)) return instant;
        var minute = new DateTimeOffset(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        do minute = minute.AddMinutes(1);
        while (IsQuiet(minute));
        return minute;

        bool IsQuiet(DateTimeOffset at)
        {
            var local = at.ToOffset(TimeSpan.FromHours(7));
            var clock = TimeOnly.FromTimeSpan(local.TimeOfDay);
            return clock < until || clock >= from || (workingDaysOnly && !IsWorked(new DateOnly(local.Year, local.Month, local.Day)));
        }
    }

    public static DateTimeOffset At(DateOnly day, TimeOnly clock) =>
        new DateTimeOffset(day.Year, day.Month, day.Day, clock.Hour, clock.Minute, 0, TimeSpan.FromHours(7)).ToUniversalTime();

    private static DateOnly LastUpTo(int year, int month, int number)
    {
        var day = new DateOnly(year, month, 1);
        while (day.Day < number && day.AddDays(1).Month == month) day = day.AddDays(1);
        return day;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
