using System.Collections.Immutable;

namespace IocDashboard.Domain.Reporting;

/// <summary>What was entered for a day, and when (UTC).</summary>
public sealed record CalendarEntry(DateOnly Day, string NameVi, string NameEn, bool Confirmed, string Kind, string Basis, DateTimeOffset RecordedAt)
{
    public CalendarDay AsDay() => new(Day, NameVi, NameEn, Confirmed, Kind, Basis);
}

/// <summary>Everything that was ever entered into the working calendar: it answers what was known at an instant.</summary>
public sealed class CalendarBook
{
    public static readonly CalendarBook Empty = new([]);

    private readonly ImmutableArray<CalendarEntry> _entries;

    public CalendarBook(IEnumerable<CalendarEntry> entries)
    {
        _entries = [.. entries.OrderBy(e => e.RecordedAt)];
        Current = Read(_entries);
    }

    /// <summary>Days that hold for all time, as a centre begins with them.</summary>
    public static CalendarBook Of(IEnumerable<CalendarDay> days) =>
        new(days.Select(d => new CalendarEntry(d.Day, d.NameVi, d.NameEn, d.Confirmed, d.Kind, d.Basis, DateTimeOffset.UnixEpoch)));

    /// <summary>What was last entered for each day.</summary>
    public WorkingCalendar Current { get; }

    /// <summary>The calendar as it was known at that instant.</summary>
    public WorkingCalendar At(DateTimeOffset instant) =>
        _entries.IsEmpty || _entries[^1].RecordedAt <= instant ? Current : Read(_entries.Where(e => e.RecordedAt <= instant));

    private static WorkingCalendar Read(IEnumerable<CalendarEntry> entries) => new(entries.GroupBy(e => e.Day).Select(day => day.Last().AsDay()));
}
