using IocDashboard.Domain.Urgings;

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

    /// <summary>When its deadline was last moved by a change of the working calendar; null: never.</summary>
    public DateTimeOffset? RescheduledAt { get; init; }
    public ReportState State { get; init; }
    public Punctuality Punctuality { get; init; }

    /// <summary>Number of submissions kept, drafts included.</summary>
    public int Revision { get; init; }

    /// <summary>Number of the newest complete submission, the one that stands before the verifier; 0 before the first.</summary>
    public int SubmittedRevision { get; init; }

    /// <summary>Who sent the newest complete submission; null before the first.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>Who prepared what somebody else sent; else null.</summary>
    public string? PreparedBy { get; init; }

    /// <summary>The first of two verifiers of what stands before them; null where nobody has, and where one is enough.</summary>
    public string? CheckedBy { get; init; }

    /// <summary>While it is returned: by when the centre asks for it to be mended.</summary>
    public DateTimeOffset? MendBy { get; init; }

    /// <summary>How often it was sent back.</summary>
    public int Returns { get; init; }

    /// <summary>Until when a lock exception lets values in, or let them; null: there was none.</summary>
    public DateTimeOffset? ExtendedTo { get; init; }

    /// <summary>What it was when it was locked, and is again while an exception holds; null when it is not locked.</summary>
    public ReportState? LockedFrom { get; init; }

    /// <summary>Since when an authority's excuse holds; null: none does. What is excused is not owed.</summary>
    public DateTimeOffset? ExcusedAt { get; init; }

    /// <summary>Who of the centre follows it in person, in place of the ladder; null: nobody.</summary>
    public string? FollowedBy { get; init; }

    /// <summary>Until when changes at its source are in what was received; null before the first complete submission.</summary>
    public DateTimeOffset? SourceAt { get; init; }

    /// <summary>The first change at its source that was not received; null: none that anybody told of.</summary>
    public SourceChange? UpdateOwed { get; init; }

    /// <summary>The last of those; the same one as long as it is the only one.</summary>
    public SourceChange? NewestChange { get; init; }

    /// <summary>The due instant of what is owed now: of the report, or that it come again.</summary>
    public DateTimeOffset ActBy => UpdateDue?.DueAt ?? DueAt;

    /// <summary>That it come again, as far as it can and need: not under a lock, nor while an excuse holds.</summary>
    public SourceChange? UpdateDue => State == ReportState.Locked || ExcusedAt is not null ? null : UpdateOwed;

    /// <summary>Received once, and to come again: its source changed, and the day for that has passed.</summary>
    public bool IsUpdateOverdueAt(DateTimeOffset at) => UpdateDue is { } due && at >= due.DueAt;

    /// <summary>What it would be without its lock. One that was locked before anybody kept what it was: as far as its submission tells.</summary>
    public ReportState StateUnderLock => State == ReportState.Locked ? LockedFrom ?? (SubmittedAt is null ? ReportState.Open : ReportState.Submitted) : State;

    /// <summary>As it is known at an instant: past its deadline it is overdue since then, whether or not a sweep has recorded that yet.</summary>
    public Report KnownAt(DateTimeOffset at) =>
        SubmittedAt is null && OverdueSince is null && ExcusedAt is null && at >= DueAt ? this with { OverdueSince = DueAt, Punctuality = Punctuality.Overdue } : this;

    /// <summary>From here on nothing is let in: <see cref="LockAt"/>, or the end of the exception after it.</summary>
    public DateTimeOffset? LocksAt => ExtendedTo > LockAt ? ExtendedTo : LockAt;

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

    public Report Apply(ReportRescheduled moved) =>
        this with { DueAt = moved.DueAt, LockAt = moved.LockAt, RescheduledAt = moved.At };

    public Report Apply(ReportFellOverdue overdue) =>
        this with { OverdueSince = OverdueSince ?? overdue.At, Punctuality = Punctuality.Overdue };

    public Report Apply(ReportSubmitted submitted) => (submitted.Complete ? Reflecting(SourceChangeDecider.ReflectedBy(submitted, NewestChange)) : this) with
    {
        Revision = submitted.Revision,
        SubmittedRevision = submitted.Complete ? submitted.Revision : SubmittedRevision,
        SubmittedBy = submitted.Complete ? submitted.SubmittedBy : SubmittedBy,
        PreparedBy = submitted.Complete ? submitted.PreparedBy : PreparedBy,
        CheckedBy = submitted.Complete ? null : CheckedBy,
        MendBy = submitted.Complete ? null : MendBy,
        // Whoever followed it has got it.
        FollowedBy = submitted.Complete ? null : FollowedBy,
        // A draft settles nothing and takes nothing back: what was submitted, returned or verified stays so.
        State = submitted.Complete ? ReportState.Submitted : State == ReportState.Open ? ReportState.Draft : State,
        Punctuality = submitted.Punctuality,
        SubmittedAt = SubmittedAt ?? (submitted.Complete ? submitted.ReceivedAt : null),
        SettledAt = SettledAt ?? (submitted.Complete && submitted.Values.Any(v => v.Value is not null) ? submitted.ReceivedAt : null),
        // A sweep can overtake a submission that was received in time and still waits for its lock.
        OverdueSince = submitted.Punctuality == Punctuality.OnTime ? null : OverdueSince,
    };

    public Report Apply(ReportSourceChanged changed)
    {
        var change = new SourceChange(changed.ChangedAt, changed.DueAt);
        return this with { UpdateOwed = UpdateOwed ?? change, NewestChange = change };
    }

    // Of the changes that came after what was received only the newest is kept: it is what is owed next.
    private Report Reflecting(DateTimeOffset sourceAt) => this with
    {
        SourceAt = SourceAt > sourceAt ? SourceAt : sourceAt,
        UpdateOwed = UpdateOwed?.ChangedAt > sourceAt ? UpdateOwed : NewestChange?.ChangedAt > sourceAt ? NewestChange : null,
        NewestChange = NewestChange?.ChangedAt > sourceAt ? NewestChange : null,
    };

    public Report Apply(ReportDraftBegun _) => State == ReportState.Open ? this with { State = ReportState.Draft } : this;

    public Report Apply(ReportReturned returned) =>
        this with { State = ReportState.Returned, MendBy = returned.MendBy, CheckedBy = null, Returns = Returns + 1 };

    public Report Apply(ReportChecked first) => this with { CheckedBy = first.By };

    public Report Apply(ReportVerified _) => this with { State = ReportState.Verified, CheckedBy = null };

    public Report Apply(ReportLocked _) => this with { State = ReportState.Locked, LockedFrom = State };

    public Report Apply(LockExtended extended) => this with
    {
        ExtendedTo = extended.Until,
        State = StateUnderLock,
        LockedFrom = null,
    };

    public Report Apply(LockExtensionEnded ended) => this with { ExtendedTo = ended.At };

    public Report Apply(ReportExcused excused) => this with { ExcusedAt = excused.At };

    public Report Apply(ReportExcuseEnded _) => this with { ExcusedAt = null };

    public Report Apply(ReportTakenOver taken) => this with { FollowedBy = taken.By };

    public Report Apply(ReportHandedBack _) => this with { FollowedBy = null };

    /// <summary>Any event of a report's stream after its first; an event that does not bear on this state leaves it.</summary>
    public Report Apply(object @event) => @event switch
    {
        // Released, and opened anew by a changed set.
        ReportOpened e => Create(e),
        ReportRescheduled e => Apply(e),
        ReportFellOverdue e => Apply(e),
        ReportSubmitted e => Apply(e),
        ReportSourceChanged e => Apply(e),
        ReportDraftBegun e => Apply(e),
        ReportReturned e => Apply(e),
        ReportChecked e => Apply(e),
        ReportVerified e => Apply(e),
        ReportLocked e => Apply(e),
        LockExtended e => Apply(e),
        LockExtensionEnded e => Apply(e),
        ReportExcused e => Apply(e),
        ReportExcuseEnded e => Apply(e),
        ReportTakenOver e => Apply(e),
        ReportHandedBack e => Apply(e),
        _ => this,
    };
}
