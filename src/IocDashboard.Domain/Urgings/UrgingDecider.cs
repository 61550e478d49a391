using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Urgings;

/// <summary>Whom a letter goes to: a person of the agency as its register names them.</summary>
/// <param name="Email">Null: reached in the portal alone.</param>
public sealed record UrgingRecipient(string Name, string Position, string? Email);

/// <summary>One letter to one agency about one or more of its reports.</summary>
/// <param name="IsOffice">Whether whoever sends it speaks for the PPC Office.</param>
public sealed record UrgeReports(
    Guid Urging, UrgingLevel Level, string Body, bool IsOffice, string Number, string Subject, string Text, ImmutableArray<UrgingRecipient> Recipients,
    DateTimeOffset AnswerBy, string By, DateTimeOffset At);

/// <summary>What may be done about a report that does not come, by whom its state allows it.</summary>
public static class UrgingDecider
{
    public const int LongestSubject = 300, LongestText = 6_000, LongestNote = 1_000;

    /// <summary>Owed still: open, and neither received nor locked nor excused; sent back, and not mended yet; or changed at its source, and not sent again.</summary>
    public static bool IsOwed(Report report, DateTimeOffset at) =>
        report.ExcusedAt is null && !ReportDecider.IsLocked(report, at) && at >= report.OpensAt
        && (report.SubmittedAt is null || report.State == ReportState.Returned || report.UpdateOwed is not null);

    /// <param name="before">How often the report was urged before.</param>
    public static ReportDecision Urge(Report report, UrgeReports command, int before)
    {
        if (!IsOwed(report, command.At)) return Refuse(report, "/reports", UrgingCodes.NotOwed);
        if (Judge(command) is { } error) return new(report, [], [error]);
        var urged = new ReportUrged(
            command.Urging, before + 1, command.Level, command.Body, command.Number, command.Subject.Trim(), command.Text.Trim(),
            [.. command.Recipients.Select(r => r.Name)], command.AnswerBy.ToUniversalTime(), command.By, command.At.ToUniversalTime());
        return new(report.Apply(urged), [urged], []);
    }

    public static ReportDecision Excuse(Report report, string authority, string reason, string by, DateTimeOffset at)
    {
        // What was received needs no excuse, and what was late is not made punctual by one; unless it is to come again.
        if ((report.SubmittedAt is not null && report.UpdateOwed is null) || report.ExcusedAt is not null) return Refuse(report, "", UrgingCodes.NotOwed);
        if (string.IsNullOrWhiteSpace(authority)) return Refuse(report, "/authority", ReviewCodes.MissingAuthority);
        if (Unworded(reason, "/reason") is { } error) return new(report, [], [error]);
        var excused = new ReportExcused(authority.Trim(), reason.Trim(), by, at.ToUniversalTime());
        return new(report.Apply(excused), [excused], []);
    }

    public static ReportDecision EndExcuse(Report report, string reason, string by, DateTimeOffset at)
    {
        if (report.ExcusedAt is null) return Refuse(report, "", UrgingCodes.NotExcused);
        if (Unworded(reason, "/reason") is { } error) return new(report, [], [error]);
        var ended = new ReportExcuseEnded(reason.Trim(), by, at.ToUniversalTime());
        var owed = report.Apply(ended);
        // A lock that fell into the excuse recorded no deadline, and no sweep looks at what is locked.
        return owed is { State: ReportState.Locked, OverdueSince: null, SubmittedAt: null }
            ? new(owed.Apply(new ReportFellOverdue(owed.DueAt, ended.At)), [ended, new ReportFellOverdue(owed.DueAt, ended.At)], [])
            : new(owed, [ended], []);
    }

    public static ReportDecision TakeOver(Report report, string reason, string by, DateTimeOffset at)
    {
        if (!IsOwed(report, at)) return Refuse(report, "", UrgingCodes.NotOwed);
        if (report.FollowedBy is { } other) return new(report, [], [JudgementError.At("", UrgingCodes.TakenOver, other)]);
        if (Unworded(reason, "/reason") is { } error) return new(report, [], [error]);
        var taken = new ReportTakenOver(reason.Trim(), by, at.ToUniversalTime());
        return new(report.Apply(taken), [taken], []);
    }

    /// <summary>Anybody who may take over may also hand back: whoever followed it may be away.</summary>
    public static ReportDecision HandBack(Report report, string by, DateTimeOffset at)
    {
        if (report.FollowedBy is null) return Refuse(report, "", UrgingCodes.NotTakenOver);
        var back = new ReportHandedBack(by, at.ToUniversalTime());
        return new(report.Apply(back), [back], []);
    }

    public static ReportDecision Note(Report report, string text, string by, DateTimeOffset at) => Unworded(text, "/text") is { } error
        ? new(report, [], [error])
        : new(report, [new ReportNoted(text.Trim(), by, at.ToUniversalTime())], []);

    /// <param name="today">In the province.</param>
    public static JudgementError? JudgeReply(string reply, DateOnly? promisedFor, DateOnly today) =>
        Unworded(reply, "/reply") is { } error ? error
        : promisedFor < today ? JudgementError.At("/promisedFor", UrgingCodes.BadPromise)
        : null;

    private static JudgementError? Judge(UrgeReports command)
    {
        if (command.Level == UrgingLevel.Office && !command.IsOffice) return JudgementError.At("/level", UrgingCodes.NotOffice);
        if (string.IsNullOrWhiteSpace(command.Subject)) return JudgementError.At("/subject", UrgingCodes.MissingText);
        if (string.IsNullOrWhiteSpace(command.Text)) return JudgementError.At("/text", UrgingCodes.MissingText);
        if (command.Subject.Length > LongestSubject) return TooLong("/subject", LongestSubject);
        if (command.Text.Length > LongestText) return TooLong("/text", LongestText);
        if (command.Recipients.IsDefaultOrEmpty) return JudgementError.At("/recipients", UrgingCodes.MissingRecipients);
        return command.AnswerBy <= command.At ? JudgementError.At("/answerBy", UrgingCodes.BadAnswerBy) : null;
    }

    private static JudgementError? Unworded(string text, string pointer) =>
        string.IsNullOrWhiteSpace(text) ? JudgementError.At(pointer, UrgingCodes.MissingText) : text.Length > LongestNote ? TooLong(pointer, LongestNote) : null;

    private static JudgementError TooLong(string pointer, int most) =>
        JudgementError.At(pointer, UrgingCodes.TextTooLong, most.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static ReportDecision Refuse(Report report, string pointer, string code) => new(report, [], [JudgementError.At(pointer, code, report.Id)]);
}
