using System.Collections.Immutable;

namespace IocDashboard.Domain.Urgings;

// What is done about a report that does not come. All are events of the report's own stream; all instants are UTC.

/// <summary>The agency was urged to report (đôn đốc; articles 4.2, 6.1): a person's act on record, unlike a reminder of the ladder.</summary>
/// <param name="Urging">The letter, which may be about several reports of the agency.</param>
/// <param name="Time">The how manieth about this report, from 1.</param>
/// <param name="Body">On whose authority: the agency code of the centre or of the PPC Office.</param>
/// <param name="Recipients">Their names, as the letter was sent.</param>
/// <param name="AnswerBy">Until when the agency is asked to report. It moves no deadline.</param>
public sealed record ReportUrged(
    Guid Urging, int Time, UrgingLevel Level, string Body, string Number, string Subject, string Text, ImmutableArray<string> Recipients,
    DateTimeOffset AnswerBy, string By, DateTimeOffset At);

/// <summary>The agency answered the letter (article 9.3b). An answer settles nothing: the report is still owed.</summary>
/// <param name="PromisedFor">The day by which it means to report; null where it names none.</param>
public sealed record UrgingAnswered(Guid Urging, string Reply, DateOnly? PromisedFor, string By, DateTimeOffset At);

/// <summary>An authority freed the agency from this one report: it counts neither as missing nor as late from then on, and nobody is urged about it.</summary>
/// <param name="Authority">The document that allows it: number, date, signer.</param>
public sealed record ReportExcused(string Authority, string Reason, string By, DateTimeOffset At);

/// <summary>The excuse was taken back; the report is owed again, by its old deadline.</summary>
public sealed record ReportExcuseEnded(string Reason, string By, DateTimeOffset At);

/// <summary>Somebody of the centre follows the report in person; the ladder takes no further step until it is handed back.</summary>
public sealed record ReportTakenOver(string Reason, string By, DateTimeOffset At);

public sealed record ReportHandedBack(string By, DateTimeOffset At);

/// <summary>What was learned about a report that does not come, on the telephone or elsewhere.</summary>
public sealed record ReportNoted(string Text, string By, DateTimeOffset At);
