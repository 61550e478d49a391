using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Platform;

namespace IocDashboard.Web.Features.Escalation;

internal static class EscalationModule
{
    public static IServiceCollection AddEscalation(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<IocSettings>().Mail)
        .AddSingleton<PlanSteps>()
        .AddSingleton<TakeSteps>()
        .AddSingleton<FindNotices>()
        .AddSingleton<SendLetters>();
}
