namespace IocDashboard.Domain.Reporting;

/// <summary>
/// The state of one report: one agency × form × period. Folded from its events, never changed in place.
/// All instants are UTC.
/// </summary>
public sealed record Report
{
    /// <summary><see cref="ReportKey"/>; also the key of the stream.</summary>
    public required string Id { get; init; }
    public required string Form { get; init; }
    public required string Agency { get; init; }
    public required ReportingPeriod Period { get; init; }

    /// <summary>First instant of the civil period in the province's time.</summary>
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset OpensAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>From here on only a lock exception lets values in; null: never.</summary>
    public DateTimeOffset? LockAt { get; init; }

    /// <summary>Equal to <see cref="DueAt"/> once the deadline passed with nothing complete; set once.</summary>
    public DateTimeOffset? OverdueSince { get; init; }

    /// <summary>Receipt of the first complete submission. It alone settles the obligation.</summary>
    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>Receipt of the first complete submission that held a figure: an empty report settles nothing that is measured. Set once.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>When the obligation became known.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
    public ReportState State { get; init; }
    public Punctuality Punctuality { get; init; }

    /// <summary>Number of submissions kept, drafts included.</summary>
    public int Revision { get; init; }

    /// <summary>Number of the newest complete submission, the one that stands before the verifier; 0 before the first.</summary>
    public int SubmittedRevision { get; init; }

    public static Report Create(ReportOpened opened)
    {
        var period = ReportingPeriod.Parse(opened.Period);
        return new()
        {
            Id = ReportKey.Of(opened.Form, opened.Agency, period),
            Form = opened.Form,
            Agency = opened.Agency,
            Period = period,
            StartsAt = opened.StartsAt,
            OpensAt = opened.OpensAt,
            DueAt = opened.DueAt,
            LockAt = opened.LockAt,
            OpenedAt = opened.OpenedAt,
        };
    }

    public Report Apply(ReportFellOverdue overdue) =>
        this with { OverdueSince = OverdueSince ?? overdue.At, Punctuality = Punctuality.Overdue };

    public Report Apply(ReportSubmitted submitted) => this with
    {
        Revision = submitted.Revision,
        SubmittedRevision = submitted.Complete ? submitted.Revision : SubmittedRevision,
        // A draft settles nothing and takes nothing back: what was submitted, returned or verified stays so.
        State = submitted.Complete ? ReportState.Submitted : State == ReportState.Open ? ReportState.Draft : State,
        Punctuality = submitted.Punctuality,
        SubmittedAt = SubmittedAt ?? (submitted.Complete ? submitted.ReceivedAt : null),
        SettledAt = SettledAt ?? (submitted.Complete && submitted.Values.Any(v => v.Value is not null) ? submitted.ReceivedAt : null),
        // A sweep can overtake a submission that was received in time and still waits for its lock.
        OverdueSince = submitted.Punctuality == Punctuality.OnTime ? null : OverdueSince,
    };

    public Report Apply(ReportDraftBegun _) => State == ReportState.Open ? this with { State = ReportState.Draft } : this;

    public Report Apply(ReportReturned _) => this with { State = ReportState.Returned };

    public Report Apply(ReportVerified _) => this with { State = ReportState.Verified };

    public Report Apply(ReportLocked _) => this with { State = ReportState.Locked };

    /// <summary>Any event of a report's stream after its first; an event that does not bear on this state leaves it.</summary>
    public Report Apply(object @event) => @event switch
    {
        ReportFellOverdue e => Apply(e),
        ReportSubmitted e => Apply(e),
        ReportDraftBegun e => Apply(e),
        ReportReturned e => Apply(e),
        ReportVerified e => Apply(e),
        ReportLocked e => Apply(e),
        _ => this,
    };
}
