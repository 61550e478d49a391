using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Requests;

/// <summary>A request that several agencies were asked, one answered and one was sent its answer back; and the pages that show it.</summary>
internal static class RequestSites
{
    private static readonly AuditActor By = new(AuditActor.Person, "an", "VPUBND", null, null);

    public static async Task<string> AskAsync(DemoCentre centre, params string[] agencies)
    {
        var services = centre.Host.Services;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var outcome = await services.GetRequiredService<AskForDataHandler>().Handle(
            new(Guid.CreateVersion7(), "000", "111", "VPUBND", "an",
                [new(QuestionKind.Figure, null, true, null, null, "YT01", null, null, null), new(QuestionKind.Text, "222", false, null, null, null, null, null, null)],
                agencies, now.AddDays(3), now),
            services.GetRequiredService<Sights>().Of("VPUBND"), By, CancellationToken.None);
        outcome.Errors.ShouldBeEmpty();
        return outcome.Number!;
    }

    public static async Task<string> AskedAndAnsweredAsync(DemoCentre centre)
    {
        var number = await AskAsync(centre, "SYT", "TKY", "HAN");
        var (answer, review) = (centre.Host.Services.GetRequiredService<AnswerDataRequestHandler>(), centre.Host.Services.GetRequiredService<ReviewAnswersHandler>());
        var now = centre.Host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var agency in new[] { "SYT", "TKY" })
            (await answer.Send(number, new(number + agency, [new("q1", 3, null, "333")], []), AgencyScope.Of(agency), "an", CancellationToken.None)).Errors.ShouldBeEmpty();
        (await review.Return(number, new("SYT", 1, "444", now.AddDays(1), "an", now), By, CancellationToken.None)).ShouldBeEmpty();
        return number;
    }
}
