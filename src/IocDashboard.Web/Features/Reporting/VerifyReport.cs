using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>
/// The centre confirms one revision of a report (article 11.2): every figure of it is verified, or, where the form asks for two
/// verifiers, it waits for the second one.
/// </summary>
public sealed class VerifyReportHandler(ReviewTransaction review)
{
    /// <param name="by">Whoever acts, for the audit trail; null for whoever is calling now. A circuit must say it.</param>
    /// <param name="sight">What the verifier may see: nobody answers for figures that are hidden from them. Null: the centre itself.</param>
    public Task<ReviewOutcome> Handle(
        string reportId, VerifyReport command, CancellationToken cancellation, AuditActor? by = null, Sight? sight = null) =>
        review.Run(
            reportId, command.At, (report, terms) => ReportDecider.Verify(report, command, terms.Verifiers), by, sight, cancellation);
}
