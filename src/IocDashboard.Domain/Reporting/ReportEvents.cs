using System.Collections.Immutable;

namespace IocDashboard.Domain.Reporting;

// The stream of one report: one agency × form × period, key FORM/AGENCY/PERIOD. It opens with its obligation, before
// anything is submitted (article 9.1a). All instants are UTC.

/// <summary>Indicators of one report that share a due instant; a report's own due instant is the latest of them.</summary>
public sealed record DueInstant(DateTimeOffset DueAt, ImmutableArray<string> Indicators);

/// <param name="StartsAt">First instant of the civil period in the province's time; a <c>cut</c> lets a report open before it.</param>
public sealed record ReportOpened(
    string Form, string Agency, string Period, DateTimeOffset StartsAt,
    DateTimeOffset OpensAt, DateTimeOffset DueAt, DateTimeOffset? LockAt,
    ImmutableArray<DueInstant> DueInstants, DateTimeOffset OpenedAt);

/// <summary>A deadline to come moved, and its lock with it, because the working calendar changed. What had been settled by then, or was missed, stays as it was.</summary>
/// <param name="Because">On what the change of the calendar rests: a decree, a notice.</param>
public sealed record ReportRescheduled(
    DateTimeOffset DueAt, DateTimeOffset? LockAt, ImmutableArray<DueInstant> DueInstants, string Because, DateTimeOffset At);

/// <summary>Somebody was reminded before the deadline, by a step of the ladder. Not an act of urging: nobody signed it.</summary>
/// <param name="Step">Its code in the ladder of that day.</param>
/// <param name="To">Whom it turned to: <c>FocalPoint</c>, <c>Head</c>, …</param>
/// <param name="At">The step's instant, however late it was taken.</param>
/// <param name="FoundAt">When it was taken.</param>
public sealed record ReportReminded(string Step, ImmutableArray<string> To, DateTimeOffset At, DateTimeOffset FoundAt);

/// <summary>The deadline passed and a further body was told, by a step of the ladder (articles 4.2, 6.1).</summary>
/// <inheritdoc cref="ReportReminded"/>
public sealed record ReportEscalated(string Step, ImmutableArray<string> To, DateTimeOffset At, DateTimeOffset FoundAt);

/// <summary>Dated at the deadline that passed, not at the sweep that found it.</summary>
public sealed record ReportFellOverdue(DateTimeOffset At, DateTimeOffset FoundAt);

/// <summary>
/// The obligation ended before its period began, because the indicator set changed from then on: nothing is owed by it. It may be opened
/// anew by what the set then asks.
/// </summary>
/// <param name="Document">The decision that changed the set.</param>
public sealed record ReportReleased(string Document, DateTimeOffset At);

/// <summary>A batch of values is one event. <see cref="MessageId"/> makes it idempotent.</summary>
/// <param name="Complete">False keeps a draft, which settles no obligation.</param>
/// <param name="Channel"><c>api</c>, <c>portal</c>, <c>file</c>, or <c>illustrative</c> for demonstration history.</param>
public sealed record ReportSubmitted(
    Guid SubmissionId, string MessageId, int Revision, bool Complete,
    ImmutableArray<CellValue> Values, Punctuality Punctuality,
    string SubmittedBy, string Channel, DateTimeOffset ReceivedAt)
{
    /// <summary>Why figures that stood are replaced (đính chính); null for a first submission, and where nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>Who prepared what the agency's head sent; null where one person did both.</summary>
    public string? PreparedBy { get; init; }

    /// <summary>The newest change at its source that it reflects, where the source says so; null: all that was so when it came.</summary>
    public DateTimeOffset? SourceAt { get; init; }
}

/// <summary>
/// Its source holds something newer than what was received: it is to come again by <see cref="DueAt"/> (article 9.1b), or by the due
/// instant of an earlier change that it has not sent either.
/// </summary>
/// <param name="ChangedAt">By the source's clock.</param>
/// <param name="At">When the centre was told.</param>
public sealed record ReportSourceChanged(DateTimeOffset ChangedAt, DateTimeOffset DueAt, string By, DateTimeOffset At);

/// <summary>Somebody of the agency began to fill the sheet in. Its own agency's alone, as a draft is.</summary>
public sealed record ReportDraftBegun(string By, DateTimeOffset At);

/// <summary>The sheet is filled in and waits for the head of the agency, who answers for it (articles 9.1, 11.2).</summary>
public sealed record ReportLaidBeforeHead(string By, DateTimeOffset At);

/// <summary>The head gave the sheet back to whoever prepared it.</summary>
public sealed record ReportGivenBackByHead(string Reason, string By, DateTimeOffset At);

public sealed record ReturnReason(string Indicator, string Area, string Reason);

/// <summary>A cell that a verifier decided on, by name.</summary>
public sealed record ReviewedCell(string Indicator, string Area);

/// <summary>The cells that <see cref="Reasons"/> name go back to the agency; those that nobody decided on stay as they were.</summary>
public sealed record ReportReturned(int Revision, ImmutableArray<ReturnReason> Reasons, string By, DateTimeOffset At)
{
    /// <summary>By when the agency is asked to mend it; null where nobody said. It moves no deadline of the report itself.</summary>
    public DateTimeOffset? MendBy { get; init; }

    /// <summary>Cells that the same verifier accepted: they are verified, and need not be looked at again unless they change.</summary>
    public ImmutableArray<ReviewedCell> Accepted { get; init; } = [];
}

/// <summary>The first of two verifiers confirmed the revision, where the form asks for two (four eyes). Its figures are not verified by this.</summary>
public sealed record ReportChecked(int Revision, string By, DateTimeOffset At);

public sealed record ReportVerified(int Revision, string By, DateTimeOffset At)
{
    /// <summary>Who confirmed it first, where the form asks for two; else null.</summary>
    public string? CheckedBy { get; init; }
}

/// <summary>After this instant only a lock exception lets values in.</summary>
public sealed record ReportLocked(DateTimeOffset At);

/// <summary>
/// An authority lets values of this one report in beyond its lock, until an instant at which that ends by itself. What comes in
/// stays late.
/// </summary>
/// <param name="Authority">The document that allows it: number, date, signer.</param>
public sealed record LockExtended(DateTimeOffset Until, string Authority, string Reason, string By, DateTimeOffset At);

/// <summary>The exception was taken back before it ended by itself.</summary>
public sealed record LockExtensionEnded(string By, DateTimeOffset At);
