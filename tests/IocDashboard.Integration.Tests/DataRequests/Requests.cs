using IocDashboard.Domain.DataRequests;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.DataRequests;

/// <summary>The PPC Office asks, agencies answer: the use cases with what a test does not care about filled in.</summary>
internal static class Requests
{
    public static readonly AuditActor Office = new(AuditActor.Person, "van.phong", "VPUBND", "10.1.1.1", null);

    public static T Get<T>(this IocHost host) where T : notnull => host.Services.GetRequiredService<T>();

    public static DateTimeOffset Now(this IocHost host) => host.Get<TimeProvider>().GetUtcNow();

    public static AskForData Ask(this IocHost host, TimeSpan within, string[] agencies, params WantedQuestion[] questions) => new(
        Guid.CreateVersion7(), "Ước thu 6 tháng cuối năm", "Phục vụ phiên họp", "VPUBND", Office.Name, questions.Length == 0 ? [Figure(), Text()] : questions, agencies,
        host.Now() + within, host.Now());

    public static WantedQuestion Figure(string? indicator = null, string? text = "Thu nội địa") => new(QuestionKind.Figure, indicator is null ? text : null, true, "tỷ đồng", 1, indicator, null, 0, 1_000);

    public static WantedQuestion Text() => new(QuestionKind.Text, "Vướng mắc", false, null, null, null, null, null, null);

    public static Task<AskOutcome> AskAsync(this IocHost host, AskForData command, string reader = "VPUBND") =>
        host.Get<AskForDataHandler>().Handle(command, host.Get<Sights>().Of(reader), Office, CancellationToken.None);

    public static async Task<string> AskedAsync(this IocHost host, TimeSpan within, params string[] agencies)
    {
        var outcome = await host.AskAsync(host.Ask(within, agencies));
        outcome.Errors.ShouldBeEmpty();
        return outcome.Number!;
    }

    public static Task<AnswerOutcome> AnswerAsync(this IocHost host, string number, string agency, decimal value = 5, string? messageId = null) =>
        host.Get<AnswerDataRequestHandler>().Send(
            number, new(messageId ?? Guid.CreateVersion7().ToString(), [new("q1", value, null, null)], []), AgencyScope.Of(agency), "hệ thống " + agency, CancellationToken.None);

    public static Task<DraftOutcome> TypeAsync(this IocHost host, string number, string agency, string by, DraftEntry entry) =>
        host.Get<WriteDraftHandler>().Handle(number, entry, AgencyScope.Of(agency), by, CancellationToken.None);

    public static async Task<DataRequest> RequestAsync(this IocHost host, string number) => (await host.Get<FindDataRequests>().One(number, CancellationToken.None)).ShouldNotBeNull();

    public static Task<OwnRequest?> OwnAsync(this IocHost host, string number, string agency) =>
        host.Get<FindOwnRequests>().One(number, AgencyScope.Of(agency), CancellationToken.None);

    public static Task<int> SweepRequestsAsync(this IocHost host) => host.Get<SweepDataRequests>().Handle(TimeSpan.Zero, CancellationToken.None);
}
