using System.Text.Json;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>When the trail's chain was last found sound, and up to which entry.</summary>
/// <param name="Hash">Of that entry, in hexadecimal. Kept elsewhere, it also shows a trail that was cut off at its end.</param>
public sealed record AuditCheck(DateTimeOffset At, string By, long Entries, string Hash);

/// <summary>Walks the audit trail's chain for somebody who reads the page; what was found is itself on the trail.</summary>
public sealed class CheckAudit(VerifyAudit verify, FindAudit find, AuditTrail audit)
{
    public async Task<AuditVerdict> Handle(AuditActor by, CancellationToken cancellation)
    {
        var verdict = await verify.Handle(cancellation);
        var sound = verdict.BrokenAt is null;
        await audit.RecordAsync(
            AuditActions.AuditVerified, "audit", sound ? AuditOutcome.Done : AuditOutcome.Refused,
            after: new() { ["entries"] = verdict.Entries, ["hash"] = Convert.ToHexStringLower(verdict.Hash), ["brokenAt"] = verdict.BrokenAt }, by: by, cancellation: cancellation);
        return verdict;
    }

    /// <summary>The last one that found the chain sound; null before the first.</summary>
    public async Task<AuditCheck?> LastAsync(CancellationToken cancellation)
    {
        var entries = await find.Handle(new(AuditActions.AuditVerified, null, null, null), below: null, limit: 20, cancellation);
        if (entries.FirstOrDefault(e => e.Outcome == AuditOutcome.Done) is not { After: { } found } last) return null;
        using var told = JsonDocument.Parse(found);
        return new(last.At, last.Actor.Name, told.RootElement.GetProperty("entries").GetInt64(), told.RootElement.GetProperty("hash").GetString() ?? "");
    }
}
