namespace IocDashboard.Domain.Reporting;

/// <summary>
/// The source of a report holds figures that are newer than those received (article 9.1b: default data are updated immediately after
/// they change). An obligation of its own beside the report's deadline, which it leaves alone.
/// </summary>
/// <param name="ChangedAt">By the source's clock, as it said so: up to <see cref="SourceChangeDecider.Skew"/> ahead of the centre's.</param>
/// <param name="DueAt">By when the report is to come again.</param>
public sealed record SourceChange(DateTimeOffset ChangedAt, DateTimeOffset DueAt)
{
    private static readonly TimeOnly Closing = new(17, 0);

    /// <summary>The end of so many working days after the day of the change, by the agency's calendar; its lock where that comes first.</summary>
    /// <param name="workingDays">As the form's terms say (<see cref="Catalogue.FormTerms.UpdateDays"/>).</param>
    public static SourceChange Of(DateTimeOffset changedAt, int workingDays, DateTimeOffset? locksAt, WorkingCalendar calendar, ProvinceTime time)
    {
        var due = time.At(calendar.AddWorkingDays(time.DayOf(changedAt), workingDays), Closing);
        return new(changedAt.ToUniversalTime(), due > locksAt ? locksAt.Value : due);
    }
}

/// <summary>A source says that it holds something new.</summary>
/// <param name="By">The key or the person that said so.</param>
public sealed record TellSourceChanged(DateTimeOffset ChangedAt, string By, DateTimeOffset At);

/// <summary>What a source's word means for its report.</summary>
public enum SourceStanding
{
    /// <summary>What was received is as new, or newer.</summary>
    Covered,

    /// <summary>The report is to come again.</summary>
    Due,

    /// <summary>Nothing complete was received yet: the report itself is owed, by its own deadline.</summary>
    Awaited,

    /// <summary>An authority's excuse holds for the report: nothing of it is owed.</summary>
    Excused,
}

/// <summary>What makes a received report due again, and what settles that.</summary>
public static class SourceChangeDecider
{
    /// <summary>A source's clock may run ahead of ours by so much.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Changes that are told of while one is open join it: the due instant of the first stays, so that a source that changes often owes no
    /// more than one that changed once. Telling the same again changes nothing. Instants of one source are compared as it said them, for its
    /// clock may be wrong and is the same one; a term is reckoned from no later than the telling.
    /// </summary>
    public static ReportDecision Tell(Report report, TellSourceChanged command, int workingDays, WorkingCalendar calendar, ProvinceTime time)
    {
        if (command.ChangedAt > command.At + Skew) return new(report, [], [JudgementError.At("/changedAt", JudgementCodes.FutureSource)]);
        if (ReportDecider.IsLocked(report, command.At)) return new(report, [], [ReportDecider.Locked(report)]);
        if (StandingOf(report, command.ChangedAt) != SourceStanding.Due || command.ChangedAt <= report.NewestChange?.ChangedAt) return new(report, [], []);
        var term = SourceChange.Of(command.ChangedAt < command.At ? command.ChangedAt : command.At, workingDays, report.LocksAt, calendar, time);
        var changed = new ReportSourceChanged(command.ChangedAt.ToUniversalTime(), term.DueAt, command.By, command.At.ToUniversalTime());
        return new(report.Apply(changed), [changed], []);
    }

    /// <returns>How the report stands to a change of that instant.</returns>
    public static SourceStanding StandingOf(Report report, DateTimeOffset changedAt) =>
        report.SubmittedAt is null ? SourceStanding.Awaited
        : changedAt <= report.SourceAt ? SourceStanding.Covered
        : report.ExcusedAt is not null ? SourceStanding.Excused
        : SourceStanding.Due;

    /// <summary>What a complete submission reflects: what its source says, else all that was so when it came, and all that the source had told of by then.</summary>
    public static DateTimeOffset ReflectedBy(ReportSubmitted submitted, SourceChange? newest) =>
        submitted.SourceAt ?? (newest?.ChangedAt > submitted.ReceivedAt ? newest.ChangedAt : submitted.ReceivedAt);
}
