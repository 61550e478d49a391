using System.Diagnostics;
using System.Security.Claims;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Platform.Audit;

/// <summary>How it ended. Numbers are kept in the database.</summary>
public enum AuditOutcome { Done = 0, Refused = 1 }

/// <summary>Who did it. <see cref="Kind"/>: <c>person</c>, <c>key</c>, <c>display</c>, <c>nobody</c> (not signed in), <c>process</c> (a command or the centre itself).</summary>
/// <param name="Name">The account's or key's name; of a process the operating system's user.</param>
/// <param name="Address">Where from, as a trusted proxy gave it; null for a process.</param>
/// <param name="Trace">Finds the request in the log.</param>
public sealed record AuditActor(string Kind, string Name, string? Agency, string? Address, string? Trace)
{
    public const string Person = "person", Key = "key", Display = "display", Nobody = "nobody", Process = "process";

    public static AuditActor Itself { get; } = new(Process, Environment.UserName, null, null, null);

    /// <summary>Whether it is the person of this account.</summary>
    public bool Is(string? userName) => Kind == Person && string.Equals(Name, userName, StringComparison.OrdinalIgnoreCase);

    public static AuditActor Of(HttpContext http) => Of(http.User, http.Connection.RemoteIpAddress?.ToString());

    public static AuditActor Of(ClaimsPrincipal user, string? address)
    {
        address ??= user.FindFirstValue(AccessClaims.Address);
        var trace = Activity.Current?.TraceId.ToString();
        var agency = user.FindFirstValue(AccessClaims.Agency);
        if (user.FindFirstValue(AccessClaims.Key) is { } key) return new(Key, $"{user.Identity?.Name} ({key})", agency, address, trace);
        if (user.FindFirstValue(AccessClaims.Display) is { } display) return new(Display, $"{user.Identity?.Name} ({display})", agency, address, trace);
        return user.Identity is { IsAuthenticated: true, Name: { } name } ? new(Person, name, agency, address, trace) : new(Nobody, "", null, address, trace);
    }
}

/// <summary>One row of the trail. Instants are UTC, to the microsecond.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Subject">What it was done to: an account, a key, a file.</param>
/// <param name="Before">JSON; null when there was nothing before, or nothing to tell.</param>
public sealed record AuditEntry(
    long Seq, DateTimeOffset At, AuditActor Actor, string Action, string Subject, AuditOutcome Outcome, string? Before, string? After);

/// <summary>What is put on the trail. The words for people are among the console's texts, <c>Audit.Action.…</c>.</summary>
public static class AuditActions
{
    public const string
        SignIn = "sign-in", SignOut = "sign-out", AccountSet = "account-set", KeyIssued = "key-issued", KeyRevoked = "key-revoked",
        KeyRotated = "key-rotated", CatalogueImported = "catalogue-imported", AuditExported = "audit-exported", DisplayPaired = "display-paired",
        DisplayRevoked = "display-revoked", PasswordChanged = "password-changed", PasswordReset = "password-reset", RoleGranted = "role-granted",
        RoleEnded = "role-ended", AccountClosed = "account-closed", AccountOpened = "account-opened", SessionEnded = "session-ended",
        FocalPointRecorded = "focal-point-recorded", FocalPointEnded = "focal-point-ended", ReportVerified = "report-verified",
        ReportReturned = "report-returned", ReportCorrected = "report-corrected", FiguresExported = "figures-exported",
        Configuration = "configuration", SchemaMigrated = "schema-migrated", AgreementRecorded = "agreement-recorded",
        AgreementEnded = "agreement-ended", SpecificRead = "specific-read",
        AccountChanged = "account-changed", AccountUnlocked = "account-unlocked", RightsReviewed = "rights-reviewed", AuditVerified = "audit-verified",
        SecondFactorChanged = "second-factor-changed", SecondFactorReset = "second-factor-reset",
        ApprovalSet = "approval-set", SecondStepBegun = "second-step-begun",
        RuleProposed = "rule-proposed", RuleSwitchedOn = "rule-switched-on", RuleSwitchedOff = "rule-switched-off",
        ReportChecked = "report-checked", LockExtended = "lock-extended", LockExtensionEnded = "lock-extension-ended",
        FormTermsSet = "form-terms-set", FeedTrusted = "feed-trusted", FeedTrustEnded = "feed-trust-ended",
        FeedPaused = "feed-paused", FeedPauseEnded = "feed-pause-ended",
        DataRequested = "data-requested", DataRequestExtended = "data-request-extended", DataRequestWithdrawn = "data-request-withdrawn",
        DataRequestReturned = "data-request-returned", DataRequestAccepted = "data-request-accepted",
        ChangeProposed = "change-proposed", ProposalWithdrawn = "proposal-withdrawn", DecisionRecorded = "decision-recorded", DecisionApplied = "decision-applied",
        CalendarEntered = "calendar-entered",
        ReportUrged = "report-urged", UrgingAnswered = "urging-answered", ReportExcused = "report-excused", ReportExcuseEnded = "report-excuse-ended",
        ReportTakenOver = "report-taken-over", ReportHandedBack = "report-handed-back", ReportNoted = "report-noted",
        LadderSet = "ladder-set", NoticeRetried = "notice-retried", NoticeDismissed = "notice-dismissed", TestLetterSent = "test-letter-sent",
        WebhookRegistered = "webhook-registered", WebhookEnded = "webhook-ended",
        JobRun = "job-run";

    /// <summary>Each of them, in the order above.</summary>
    public static readonly IReadOnlyList<string> All =
        [.. typeof(AuditActions).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
}
