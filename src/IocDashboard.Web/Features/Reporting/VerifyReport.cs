using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>The centre confirms one revision of a report (article 11.2): every figure of it is verified.</summary>
public sealed class VerifyReportHandler(ReviewTransaction review)
{
    public Task<ReviewOutcome> Handle(string reportId, VerifyReport command, CancellationToken cancellation) =>
        review.Run(reportId, command.At, report => ReportDecider.Verify(report, command), (_, _) => VerificationState.Verified, cancellation);
}
