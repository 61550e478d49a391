using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>How an obligation stands at a moment, as the public contract names it.</summary>
/// <remarks><see cref="Excused"/> is set by an authority's recorded decision and never follows from the clock.</remarks>
public enum ObligationState { Upcoming, Open, DueSoon, Overdue, Draft, Submitted, Returned, Verified, Locked, Excused }

public static class Obligation
{
    /// <inheritdoc cref="StateAt(ReportState, Rhythm, DateTimeOffset, DateTimeOffset, DateTimeOffset?, DateTimeOffset?, DateTimeOffset?, DateTimeOffset)"/>
    /// <remarks>What was received and has changed at its source since is owed again, by a clock of its own; what waits to be mended stays so until that clock runs out.</remarks>
    public static ObligationState StateAt(Report report, DateTimeOffset now)
    {
        var state = StateAt(report.State, report.Period.Rhythm, report.OpensAt, report.DueAt, report.LocksAt, report.SubmittedAt, report.ExcusedAt, now);
        if (report.UpdateDue is null || state == ObligationState.Locked) return state;
        return report.IsUpdateOverdueAt(now) ? ObligationState.Overdue : state == ObligationState.Returned ? state : ObligationState.DueSoon;
    }

    /// <summary>The most pressing state that applies: a draft past its deadline is overdue, one close to it is due soon.</summary>
    public static ObligationState StateAt(
        ReportState state, Rhythm rhythm, DateTimeOffset opensAt, DateTimeOffset dueAt, DateTimeOffset? lockAt,
        DateTimeOffset? submittedAt, DateTimeOffset? excusedAt, DateTimeOffset now)
    {
        if (excusedAt is not null && submittedAt is null) return ObligationState.Excused;
        if (state == ReportState.Locked || now >= lockAt) return ObligationState.Locked;
        if (state == ReportState.Verified) return ObligationState.Verified;
        if (state == ReportState.Returned) return ObligationState.Returned;
        if (state == ReportState.Submitted || submittedAt is not null) return ObligationState.Submitted;
        if (now >= dueAt) return ObligationState.Overdue;
        if (now < opensAt) return ObligationState.Upcoming;
        if (now >= ReportSchedule.DueSoonAt(rhythm, dueAt)) return ObligationState.DueSoon;
        return state == ReportState.Draft ? ObligationState.Draft : ObligationState.Open;
    }
}
