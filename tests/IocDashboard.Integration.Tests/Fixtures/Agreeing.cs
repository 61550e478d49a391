using IocDashboard.Domain.Catalogue;
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

    public static Task<SharingAgreement?> EndAsync(this IocHost host, SharingAgreement agreement) =>
        host.Services.GetRequiredService<EndAgreementHandler>().Handle(new(agreement.Id, ManagingAgency), CancellationToken.None);
}
