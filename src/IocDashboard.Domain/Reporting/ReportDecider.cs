using System.Collections.Immutable;
using System.Globalization;

namespace IocDashboard.Domain.Reporting;

/// <summary>The centre confirms the figures of one revision (article 11.2).</summary>
public sealed record VerifyReport(int Revision, string By, DateTimeOffset At);

/// <summary>The centre sends one revision back, with a reason for each cell in question.</summary>
public sealed record ReturnReport(int Revision, ImmutableArray<ReturnReason> Reasons, string By, DateTimeOffset At)
{
    /// <summary>By when the agency is asked to mend it; null: nothing is said.</summary>
    public DateTimeOffset? MendBy { get; init; }

    /// <summary>The cells that the verifier accepted; a cell that <see cref="Reasons"/> names too goes back.</summary>
    public ImmutableArray<ReviewedCell> Accepted { get; init; } = [];
}

/// <summary>
/// What follows from a command: events to append, in order, or the reasons why it is refused. <see cref="Report"/> is the
/// state afterwards. No events and no errors: nothing to do. A submission's own event is the last one; the
/// <see cref="ReportFellOverdue"/> that no sweep has recorded yet may precede it.
/// </summary>
public sealed record ReportDecision(Report Report, ImmutableArray<object> Events, ImmutableArray<JudgementError> Errors)
{
    public bool Accepted => Errors.IsEmpty;

    /// <summary>The event that carries the values, when the decision accepts a submission.</summary>
    public ReportSubmitted? Submitted => Events is [.., ReportSubmitted submitted] ? submitted : null;
}

/// <summary>What may happen to a report, and when. Time is in the commands.</summary>
public static class ReportDecider
{
    /// <summary>
    /// Accepts a judged submission. The first complete one settles punctuality for good; a draft settles nothing and changes
    /// nothing that was submitted; a complete one after verification or return puts the report before the verifier again.
    /// </summary>
    public static ReportDecision Decide(Report report, SubmitReport command, Judgement judgement)
    {
        var receivedAt = command.ReceivedAt.ToUniversalTime();
        var untimely = Untimely(report, receivedAt) ?? (command.SourceAt > receivedAt + SourceChangeDecider.Skew ? JudgementError.At("/sourceAt", JudgementCodes.FutureSource) : null);
        if (untimely is not null || !judgement.Accepted)
            return Refuse(report, untimely is null ? judgement.Errors : [untimely, .. judgement.Errors]);

        var unsettled = report.SubmittedAt is null;
        var overdue = unsettled && report.ExcusedAt is null && receivedAt > report.DueAt ? OverdueOnce(report, receivedAt) : null;
        var before = overdue is null ? report : report.Apply(overdue);
        var punctuality = unsettled && command.Complete
            ? receivedAt <= report.DueAt ? Punctuality.OnTime : Punctuality.Late
            : before.Punctuality;
        var submitted = new ReportSubmitted(
            command.SubmissionId, command.MessageId, report.Revision + 1, command.Complete,
            judgement.Values, punctuality, command.By, command.Channel, receivedAt)
        {
            Reason = command.Reason,
            PreparedBy = command.PreparedBy,
            SourceAt = command.SourceAt?.ToUniversalTime(),
        };
        return new(before.Apply(submitted), overdue is null ? [submitted] : [overdue, submitted], []);
    }

    /// <summary>Overdue exactly once, at the deadline itself, whoever finds it and however late.</summary>
    public static ReportDecision FallOverdue(Report report, DateTimeOffset now) =>
        report.State != ReportState.Locked && report.ExcusedAt is null && now >= report.DueAt && OverdueOnce(report, now) is { } overdue
            ? new(report.Apply(overdue), [overdue], [])
            : Nothing(report);

    /// <summary>Nobody verifies what they sent or prepared; where the form asks for two, the second is another person (four eyes).</summary>
    /// <param name="verifiers">How many the form asks for (<see cref="Catalogue.FormTerms.Verifiers"/>).</param>
    public static ReportDecision Verify(Report report, VerifyReport command, int verifiers = 1)
    {
        if (Unfit(report, command.Revision, command.At, report.State == ReportState.Submitted) is { } error) return Refuse(report, [error]);
        if (IsOwn(report, command.By)) return Refuse(report, [JudgementError.At("", ReviewCodes.OwnSubmission, report.Id)]);
        var at = command.At.ToUniversalTime();
        if (verifiers > 1 && report.CheckedBy is null)
        {
            var first = new ReportChecked(report.SubmittedRevision, command.By, at);
            return new(report.Apply(first), [first], []);
        }

        if (verifiers > 1 && IsSame(report.CheckedBy, command.By)) return Refuse(report, [JudgementError.At("", ReviewCodes.SameVerifier, report.Id)]);
        var verified = new ReportVerified(report.SubmittedRevision, command.By, at) { CheckedBy = report.CheckedBy };
        return new(report.Apply(verified), [verified], []);
    }

    /// <summary>
    /// Also takes back a verification: an error found later goes back to its agency by the same way. What its verifier accepted is
    /// verified at once, unless one pair of eyes is not enough.
    /// </summary>
    /// <param name="verifiers">As for a verification.</param>
    public static ReportDecision Return(Report report, ReturnReport command, int verifiers = 1)
    {
        var returnable = report.State is ReportState.Submitted or ReportState.Verified;
        if (Unfit(report, command.Revision, command.At, returnable) is { } error) return Refuse(report, [error]);
        if (command.Reasons.IsDefaultOrEmpty) return Refuse(report, [JudgementError.At("/reasons", JudgementCodes.MissingReason)]);
        var unexplained = command.Reasons
            .Select((reason, i) => (reason, i))
            .Where(r => string.IsNullOrWhiteSpace(r.reason.Reason))
            .Select(r => JudgementError.At(
                string.Create(CultureInfo.InvariantCulture, $"/reasons/{r.i}/reason"), JudgementCodes.MissingReason, r.reason.Indicator, r.reason.Area))
            .ToImmutableArray();
        if (!unexplained.IsEmpty) return Refuse(report, unexplained);
        if (command.MendBy <= command.At) return Refuse(report, [JudgementError.At("/mendBy", ReviewCodes.BadMendBy)]);
        var named = command.Reasons.Select(r => new ReviewedCell(r.Indicator, r.Area)).ToHashSet();
        var returned = new ReportReturned(report.SubmittedRevision, command.Reasons, command.By, command.At.ToUniversalTime())
        {
            MendBy = command.MendBy?.ToUniversalTime(),
            Accepted = verifiers > 1 || IsOwn(report, command.By) ? [] : command.Accepted.Where(c => !named.Contains(c)).ToImmutableArray(),
        };
        return new(report.Apply(returned), [returned], []);
    }

    /// <summary>Dated at the lock instant. A deadline that no sweep has recorded before is recorded first.</summary>
    public static ReportDecision Lock(Report report, DateTimeOffset now)
    {
        if (report.State == ReportState.Locked || report.LocksAt is not { } lockAt || now < lockAt) return Nothing(report);
        var locked = new ReportLocked(lockAt);
        return report.ExcusedAt is null && OverdueOnce(report, now) is { } overdue
            ? new(report.Apply(overdue).Apply(locked), [overdue, locked], [])
            : new(report.Apply(locked), [locked], []);
    }

    private static ReportFellOverdue? OverdueOnce(Report report, DateTimeOffset foundAt) =>
        report.OverdueSince is null && report.SubmittedAt is null ? new(report.DueAt, foundAt.ToUniversalTime()) : null;

    private static JudgementError? Untimely(Report report, DateTimeOffset at)
    {
        if (IsLocked(report, at)) return Locked(report);
        if (at >= report.OpensAt) return null;
        return JudgementError.At(
            "/period", at < report.StartsAt ? JudgementCodes.FuturePeriod : JudgementCodes.PeriodNotOpen,
            report.Period.ToString(), Text(report.OpensAt));
    }

    private static JudgementError? Unfit(Report report, int revision, DateTimeOffset at, bool inState)
    {
        if (IsLocked(report, at)) return Locked(report);
        if (!inState) return JudgementError.At("", JudgementCodes.NotSubmitted, report.Id);
        return revision == report.SubmittedRevision
            ? null
            : JudgementError.At("/revision", JudgementCodes.RevisionSuperseded,
                revision.ToString(CultureInfo.InvariantCulture), report.SubmittedRevision.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Nothing is let in any more, or not as long as no exception holds.</summary>
    public static bool IsLocked(Report report, DateTimeOffset at) => report.State == ReportState.Locked || at >= report.LocksAt;

    private static bool IsOwn(Report report, string by) => IsSame(report.SubmittedBy, by) || IsSame(report.PreparedBy, by);

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    internal static JudgementError Locked(Report report) =>
        JudgementError.At("/period", JudgementCodes.PeriodLocked, report.Period.ToString(), report.LocksAt is { } at ? Text(at) : "");

    private static ReportDecision Refuse(Report report, ImmutableArray<JudgementError> errors) => new(report, [], errors);

    private static ReportDecision Nothing(Report report) => new(report, [], []);

    private static string Text(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
