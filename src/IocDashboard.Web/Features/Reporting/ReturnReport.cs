using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>The centre sends a report back with a reason for each figure in question; the others keep their verification.</summary>
public sealed class ReturnReportHandler(ReviewTransaction review)
{
    /// <param name="by">Whoever acts, for the audit trail; null for whoever is calling now. A circuit must say it.</param>
    public Task<ReviewOutcome> Handle(string reportId, ReturnReport command, CancellationToken cancellation, AuditActor? by = null)
    {
        var named = command.Reasons.IsDefaultOrEmpty ? [] : command.Reasons.Select(r => (r.Indicator, r.Area)).ToHashSet();
        return review.Run(
            reportId, command.At, report => ReportDecider.Return(report, command),
            (indicator, area) => named.Contains((indicator, area)) ? VerificationState.Returned : null,
            new(AuditActions.ReportReturned, by, command.Reasons), cancellation);
    }
}
