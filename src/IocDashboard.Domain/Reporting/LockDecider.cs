namespace IocDashboard.Domain.Reporting;

/// <summary>Lets one report take values in beyond its lock.</summary>
/// <param name="Until">When that ends by itself.</param>
/// <param name="Authority">The document that allows it: number, date, signer.</param>
public sealed record ExtendLock(DateTimeOffset Until, string Authority, string Reason, string By, DateTimeOffset At);

/// <summary>What may be done about a report's lock, by an authority's word alone. Punctuality is not touched: late stays late.</summary>
public static class LockDecider
{
    /// <summary>A further exception takes the place of the one that holds.</summary>
    public static ReportDecision Extend(Report report, ExtendLock command)
    {
        if (report.LockAt is not { } lockAt) return Refuse(report, "", ReviewCodes.NeverLocks);
        if (command.Until <= command.At || command.Until <= lockAt) return Refuse(report, "/until", ReviewCodes.BadExpiry);
        if (string.IsNullOrWhiteSpace(command.Authority)) return Refuse(report, "/authority", ReviewCodes.MissingAuthority);
        if (string.IsNullOrWhiteSpace(command.Reason)) return Refuse(report, "/reason", JudgementCodes.MissingReason);
        var extended = new LockExtended(
            command.Until.ToUniversalTime(), command.Authority.Trim(), command.Reason.Trim(), command.By, command.At.ToUniversalTime());
        return new(report.Apply(extended), [extended], []);
    }

    /// <summary>Takes the exception back; from then on the report is locked as if it had ended by itself.</summary>
    public static ReportDecision End(Report report, string by, DateTimeOffset at)
    {
        if (!(report.ExtendedTo > at)) return Refuse(report, "", ReviewCodes.NoException);
        var ended = new LockExtensionEnded(by, at.ToUniversalTime());
        return new(report.Apply(ended), [ended], []);
    }

    private static ReportDecision Refuse(Report report, string pointer, string code) => new(report, [], [JudgementError.At(pointer, code, report.Id)]);
}
