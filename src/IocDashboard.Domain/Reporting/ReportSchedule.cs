using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>When the obligation of a form and a period opens, falls due and locks.</summary>
public static class ReportSchedule
{
    /// <summary>
    /// Opens at the start of what the period covers, by the earliest of the form's indicators; falls due with the latest
    /// of them; locks a rhythm's grace after that. The form's own terms move the opening and the lock, never the deadline.
    /// </summary>
    /// <param name="terms">Null: the usual ones.</param>
    public static ReportOpened Open(
        Form form, ReportingPeriod period, IReadOnlyDictionary<string, Indicator> indicators,
        WorkingCalendar calendar, ProvinceTime time, DateTimeOffset openedAt, FormTerms? terms = null)
    {
        if (form.Indicators.IsDefaultOrEmpty) throw new ArgumentException($"Form {form.Code} has no indicators.", nameof(form));
        var firstDay = DateOnly.MaxValue;
        var due = new SortedDictionary<DateTimeOffset, ImmutableArray<string>.Builder>();
        foreach (var column in form.Indicators)
        {
            var rule = DeadlineRule.Parse(indicators[column.Code].DeadlineRule);
            var (first, _) = rule.Covers(period);
            if (first < firstDay) firstDay = first;
            var dueAt = rule.DueAt(period, calendar, time);
            if (!due.TryGetValue(dueAt, out var codes)) due[dueAt] = codes = ImmutableArray.CreateBuilder<string>();
            codes.Add(column.Code);
        }

        var instants = due.Select(d => new DueInstant(d.Key, d.Value.ToImmutable())).ToImmutableArray();
        var last = instants[^1].DueAt;
        terms ??= FormTerms.Usual;
        return new ReportOpened(
            form.Code, form.Agency, period.ToString(), time.StartOf(period.FirstDay),
            OpensAt(), last, LockAt(), instants, openedAt.ToUniversalTime());

        // However late it opens, a day is left.
        DateTimeOffset OpensAt() => time.StartOf(firstDay.AddDays(terms.OpensDays)) is var opens && opens > last.AddDays(-1) && terms.OpensDays > 0
            ? last.AddDays(-1)
            : opens;

        DateTimeOffset? LockAt() => terms.LockDays switch
        {
            null => last + LockGrace(form.Rhythm),
            0 => null,
            { } days => last.AddDays(days),
        };
    }

    /// <summary>
    /// What a change of the working calendar makes of an obligation whose deadline is still to come. One that would have fallen due by
    /// now under the new calendar keeps its deadline: nobody is late for a day that they could not know of.
    /// </summary>
    /// <param name="before">The calendar by which its deadline was reckoned.</param>
    /// <returns>Null where nothing moves, and where its deadline comes from elsewhere than the rules of <paramref name="form"/>.</returns>
    public static ReportRescheduled? Reschedule(
        Report report, Form form, IReadOnlyDictionary<string, Indicator> indicators, WorkingCalendar before, WorkingCalendar after,
        ProvinceTime time, DateTimeOffset now, string because)
    {
        if (report.SubmittedAt is not null || report.DueAt <= now || form.Indicators.IsDefaultOrEmpty) return null;
        if (Open(form, report.Period, indicators, before, time, now).DueAt != report.DueAt) return null;
        var opened = Open(form, report.Period, indicators, after, time, now);
        if (opened.DueAt == report.DueAt || opened.DueAt <= now) return null;
        // The lock keeps its distance, by whatever terms it was set when the obligation opened.
        return new(opened.DueAt, report.LockAt + (opened.DueAt - report.DueAt), opened.DueInstants, because, now);
    }

    /// <summary>
    /// The first period owed by a form that is assigned now: the one that the day lies in, by what the form's indicators cover,
    /// unless it was due already (an estimate may be due before its period ends). Nobody is asked for what was over, or overdue,
    /// before anybody was asked.
    /// </summary>
    public static ReportingPeriod FirstOwed(
        Form form, IReadOnlyDictionary<string, Indicator> indicators, WorkingCalendar calendar, ProvinceTime time, DateTimeOffset assignedAt)
    {
        var today = time.DayOf(assignedAt);
        var period = ReportingPeriod.Containing(form.Rhythm, today);
        while (LastDay(period) < today || Open(form, period, indicators, calendar, time, assignedAt).DueAt <= assignedAt) period = period.Next;
        return period;

        DateOnly LastDay(ReportingPeriod of) => form.Indicators.Max(column => DeadlineRule.Parse(indicators[column.Code].DeadlineRule).Covers(of).Last);
    }

    /// <summary>From here on an open obligation counts as due soon (sắp đến hạn).</summary>
    public static DateTimeOffset DueSoonAt(Rhythm rhythm, DateTimeOffset dueAt) => dueAt - rhythm switch
    {
        Rhythm.Daily => TimeSpan.FromHours(2),
        Rhythm.Weekly => TimeSpan.FromDays(1),
        Rhythm.Monthly => TimeSpan.FromDays(3),
        Rhythm.Quarterly => TimeSpan.FromDays(5),
        Rhythm.HalfYearly or Rhythm.Yearly => TimeSpan.FromDays(10),
        _ => TimeSpan.Zero,
    };

    /// <summary>How long after its deadline a report is still taken in, late.</summary>
    public static TimeSpan LockGrace(Rhythm rhythm) => TimeSpan.FromDays(rhythm switch
    {
        Rhythm.Daily => 30,
        Rhythm.Weekly => 60,
        Rhythm.Monthly => 90,
        Rhythm.Quarterly => 180,
        Rhythm.HalfYearly or Rhythm.Yearly => 365,
        _ => throw new ArgumentOutOfRangeException(nameof(rhythm), rhythm, "Streams have no reports."),
    });
}
