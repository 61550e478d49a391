using System.Net;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>Every decision on a figure and every table of figures that leaves is on the trail, with who and why.</summary>
public sealed class AuditedDecisionTests(Centre centre)
{
    private static readonly AuditActor Checker = new(AuditActor.Person, "mai.truc.ban", "QTI", "10.1.1.1", null);

    [Fact]
    public async Task Report_VerifiedReturnedAndCorrected_LeavesAnEntryForEachDecision()
    {
        var message = centre.NextMessage();
        var report = Centre.ReportOf(message);
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var verify = centre.Host.Services.GetRequiredService<VerifyReportHandler>();
        var sendBack = centre.Host.Services.GetRequiredService<ReturnReportHandler>();
        var first = message["values"]![0]!;
        ReturnReason[] reasons = [new((string)first["indicator"]!, (string)first["area"]!, "Lệch với báo cáo ngành")];

        (await verify.Handle(report, new VerifyReport(2, "mai", Centre.Now), CancellationToken.None, Checker)).Accepted.ShouldBeFalse();
        (await verify.Handle(report, new VerifyReport(1, "mai", Centre.Now), CancellationToken.None, Checker)).Accepted.ShouldBeTrue();
        (await sendBack.Handle(report, new ReturnReport(1, [.. reasons], "mai", Centre.Now), CancellationToken.None, Checker)).Accepted.ShouldBeTrue();
        message["messageId"] = Guid.CreateVersion7().ToString();
        first["value"] = centre.Plausible((string)first["indicator"]!, 2);
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        // The same message again decides nothing.
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.OK);

        var entries = await FoundAsync(report);

        entries.Select(e => (e.Action, e.Actor.Kind)).ShouldBe(
        [
            (AuditActions.ReportVerified, AuditActor.Person), (AuditActions.ReportReturned, AuditActor.Person), (AuditActions.ReportCorrected, AuditActor.Key),
        ]);
        entries.Take(2).ShouldAllBe(e => e.Actor.Name == "mai.truc.ban" && e.Actor.Address == "10.1.1.1");
        entries[0].Before.ShouldBe("""{"state":"Submitted","revision":1}""");
        entries[0].After!.ShouldStartWith("""{"state":"Verified","revision":1,"figures":""");
        entries[1].After!.ShouldContain("Lệch với báo cáo ngành");
        entries[2].Actor.Agency.ShouldBe((string)message["agency"]!);
        entries[2].After!.ShouldStartWith("""{"state":"Submitted","revision":2,"figures":""");
    }

    [Theory]
    [InlineData("text/csv", 1)]
    [InlineData("application/vnd.sdmx.data+csv", 1)]
    [InlineData("application/json", 0)]
    public async Task Figures_ExportedAsATable_AreOneEntryACall(string format, int entries)
    {
        var mark = $"to=2026-11-{10 + format.Length % 15:00}&from=2025-01-02";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/observations?limit=5&" + mark) { Headers = { { "Accept", format } } };
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync("IOC", KeyScopes.Read));

        using var answer = await centre.Host.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var found = (await FoundAsync(mark)).Where(e => e.Action == AuditActions.FiguresExported).ToList();
        found.Count.ShouldBe(entries);
        found.ShouldAllBe(e => e.Actor.Kind == AuditActor.Key && e.After!.Contains(format));
    }

    private async Task<IReadOnlyList<AuditEntry>> FoundAsync(string who) =>
        [.. (await centre.Host.Services.GetRequiredService<FindAudit>().Handle(new(null, who, null, null), null, 100, CancellationToken.None)).Reverse()];
}
