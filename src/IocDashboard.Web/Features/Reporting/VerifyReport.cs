using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>The centre confirms one revision of a report (article 11.2): every figure of it is verified.</summary>
public sealed class VerifyReportHandler(ReviewTransaction review)
{
    /// <param name="by">Whoever acts, for the audit trail; null for whoever is calling now. A circuit must say it.</param>
    public Task<ReviewOutcome> Handle(string reportId, VerifyReport command, CancellationToken cancellation, AuditActor? by = null) =>
        review.Run(
            reportId, command.At, report => ReportDecider.Verify(report, command), (_, _) => VerificationState.Verified,
            new(AuditActions.ReportVerified, by), cancellation);
}
