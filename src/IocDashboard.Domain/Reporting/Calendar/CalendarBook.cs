using System.Collections.Frozen;
using System.Collections.Immutable;

namespace IocDashboard.Domain.Reporting;

/// <summary>What was entered for a day, and when (UTC).</summary>
/// <param name="Agency">The one that it holds for; empty: all.</param>
public sealed record CalendarEntry(DateOnly Day, string NameVi, string NameEn, bool Confirmed, string Kind, string Basis, DateTimeOffset RecordedAt, string Agency = "")
{
    public CalendarDay AsDay() => new(Day, NameVi, NameEn, Confirmed, Kind, Basis);
}

/// <summary>The calendars that hold together: one for the nation, and those of agencies that work on other days.</summary>
public sealed class WorkingCalendars
{
    private readonly FrozenDictionary<string, WorkingCalendar> _own;

    /// <param name="days">At most one of a day and an agency; an agency's goes before the nation's.</param>
    internal WorkingCalendars(IReadOnlyCollection<CalendarEntry> days)
    {
        var national = days.Where(d => d.Agency.Length == 0).ToList();
        National = new(national.Select(d => d.AsDay()));
        _own = days.Where(d => d.Agency.Length > 0).GroupBy(d => d.Agency, StringComparer.Ordinal)
            .ToFrozenDictionary(a => a.Key, a => new WorkingCalendar(a.UnionBy(national, d => d.Day).Select(d => d.AsDay())), StringComparer.Ordinal);
    }

    public WorkingCalendar National { get; }

    /// <summary>By which this agency's deadlines are reckoned.</summary>
    public WorkingCalendar Of(string agency) => _own.GetValueOrDefault(agency, National);
}

/// <summary>Everything that was ever entered into the working calendar: it answers what was known at an instant.</summary>
public sealed class CalendarBook
{
    public static readonly CalendarBook Empty = new([]);

    /// <param name="entries">In any order.</param>
    public CalendarBook(IEnumerable<CalendarEntry> entries)
    {
        Entries = [.. entries.OrderBy(e => e.RecordedAt)];
        Current = Read(Entries);
    }

    /// <summary>Days that hold for all time, as a centre begins with them.</summary>
    public static CalendarBook Of(IEnumerable<CalendarDay> days) =>
        new(days.Select(d => new CalendarEntry(d.Day, d.NameVi, d.NameEn, d.Confirmed, d.Kind, d.Basis, DateTimeOffset.UnixEpoch)));

    /// <summary>In the order in which they were recorded.</summary>
    public ImmutableArray<CalendarEntry> Entries { get; }

    /// <summary>By what was last entered for each day.</summary>
    public WorkingCalendars Current { get; }

    /// <summary>The calendars as they were known at that instant.</summary>
    public WorkingCalendars At(DateTimeOffset instant) =>
        Entries.IsEmpty || Entries[^1].RecordedAt <= instant ? Current : Read(Entries.Where(e => e.RecordedAt <= instant));

    private static WorkingCalendars Read(IEnumerable<CalendarEntry> entries) => new([.. entries.GroupBy(e => (e.Agency, e.Day)).Select(day => day.Last())]);
}
