using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Fixtures;

/// <summary>Records and ends sharing agreements as the console and the command do.</summary>
public static class Agreeing
{
    public static readonly AuditActor ManagingAgency = new(AuditActor.Person, "quan.ly", "STTTT", null, null);

    public static async Task<SharingAgreement> AgreeAsync(
        this IocHost host, string indicator, string reader, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (outcome, agreement) = await host.Services.GetRequiredService<RecordAgreementHandler>().Handle(
            new(indicator, reader, from ?? now.AddMinutes(-1), to, "Thử nghiệm", ManagingAgency), CancellationToken.None);
        outcome.ShouldBe(AgreementOutcome.Recorded);
        return agreement!;
    }

    /// <summary>On every specific indicator, for a test that wants the whole set.</summary>
    public static async Task AgreeOnAllAsync(this IocHost host, string reader)
    {
        var (now, catalogue) = (host.Services.GetRequiredService<TimeProvider>().GetUtcNow(), host.Services.GetRequiredService<CatalogueCache>().Current);
        var outcomes = await host.Services.GetRequiredService<RecordAgreementHandler>().HandleAll(
            [.. catalogue.IndicatorList.Where(i => i.Sharing == SharingClass.Specific && i.Agency != reader)
                .Select(i => new RecordAgreement(i.Code, reader, now.AddMinutes(-1), null, "Thử nghiệm", ManagingAgency))],
            CancellationToken.None);
        outcomes.ShouldAllBe(o => o.Outcome == AgreementOutcome.Recorded);
    }

    public static Task<SharingAgreement?> EndAsync(this IocHost host, SharingAgreement agreement) =>
        host.Services.GetRequiredService<EndAgreementHandler>().Handle(new(agreement.Id, ManagingAgency), CancellationToken.None);
}
