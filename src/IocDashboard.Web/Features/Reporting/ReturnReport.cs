using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>The centre sends a report back with a reason for each figure in question; the others keep their verification.</summary>
public sealed class ReturnReportHandler(ReviewTransaction review)
{
    public Task<ReviewOutcome> Handle(string reportId, ReturnReport command, CancellationToken cancellation)
    {
        var named = command.Reasons.IsDefaultOrEmpty ? [] : command.Reasons.Select(r => (r.Indicator, r.Area)).ToHashSet();
        return review.Run(
            reportId, command.At, report => ReportDecider.Return(report, command),
            (indicator, area) => named.Contains((indicator, area)) ? VerificationState.Returned : null, cancellation);
    }
}
