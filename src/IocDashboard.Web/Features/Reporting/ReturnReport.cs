using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>
/// The centre sends a report back with a reason for each figure in question. What the same verifier accepted is verified; the others
/// keep their verification.
/// </summary>
public sealed class ReturnReportHandler(ReviewTransaction review)
{
    /// <param name="by">Whoever acts, for the audit trail; null for whoever is calling now. A circuit must say it.</param>
    public Task<ReviewOutcome> Handle(string reportId, ReturnReport command, CancellationToken cancellation, AuditActor? by = null) =>
        review.Run(
            reportId, command.At, (report, terms) => ReportDecider.Return(report, command, terms.Verifiers), by, sight: null, cancellation);
}
