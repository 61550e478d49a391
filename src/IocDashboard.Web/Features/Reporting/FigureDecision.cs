using System.Collections.Immutable;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>A decision on a report's figures, as the audit trail tells it; in the transaction of its event.</summary>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="By">Null for whoever is calling now.</param>
/// <param name="Reasons">Why figures were sent back.</param>
internal sealed record FigureDecision(string Action, AuditActor? By, ImmutableArray<ReturnReason> Reasons = default)
{
    /// <summary>Why as a whole; null where nobody said.</summary>
    public string? Why { get; init; }

    /// <summary>By when the agency is asked to mend; null where nobody said.</summary>
    public DateTimeOffset? MendBy { get; init; }
}

internal static class FigureDecisions
{
    /// <param name="figures">How many figures it changed.</param>
    public static Task AppendAsync(
        this AuditTrail audit, NpgsqlTransaction transaction, FigureDecision decision, Report before, Report after, int figures, CancellationToken cancellation)
    {
        var told = Told(after);
        told["figures"] = figures;
        if (!decision.Reasons.IsDefaultOrEmpty)
            told["reasons"] = new JsonArray([.. decision.Reasons.Select(r => new JsonObject { ["indicator"] = r.Indicator, ["area"] = r.Area, ["reason"] = r.Reason })]);
        if (decision.Why is { } why) told["reason"] = why;
        if (decision.MendBy is { } mendBy) told["mendBy"] = mendBy;
        return audit.AppendAsync(transaction, decision.Action, after.Id, AuditOutcome.Done, Told(before), told, decision.By, cancellation);
    }

    private static JsonObject Told(Report report) => new() { ["state"] = report.State.ToString(), ["revision"] = report.SubmittedRevision };
}
