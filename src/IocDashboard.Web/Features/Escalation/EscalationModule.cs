using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Features.Escalation.Posting;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Webhooks;

namespace IocDashboard.Web.Features.Escalation;

internal static class EscalationModule
{
    public static IServiceCollection AddEscalation(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<IocSettings>().Mail)
        .AddSingleton(provider => provider.GetRequiredService<IocSettings>().Webhooks)
        .AddSingleton<WebhookGate>()
        .AddSingleton<PlanSteps>()
        .AddSingleton<PutNotices>()
        .AddSingleton<TakeSteps>()
        .AddSingleton<TellLosses>()
        .AddSingleton<FindNotices>()
        .AddSingleton<BodyInboxes>()
        .AddSingleton<FindLadders>()
        .AddSingleton<SetLadderHandler>()
        .AddSingleton<FindDeliveries>()
        .AddSingleton<SendLetters>()
        .AddSingleton<SendTestLetter>()
        .AddSingleton<ReadBounces>()
        .AddSingleton<RegisterWebhook>()
        .AddSingleton<PostNotices>();
}
