namespace IocDashboard.Web.Features.SecurityFacts;

internal static class SecurityFactsModule
{
    public static IServiceCollection AddSecurityFacts(this IServiceCollection services) => services
        .AddSingleton<CheckAudit>()
        .AddSingleton<ISecurityFacts, AccountFacts>()
        .AddSingleton<ISecurityFacts, SessionFacts>()
        .AddSingleton<ISecurityFacts, SignInFacts>()
        .AddSingleton<ISecurityFacts, NetworkFacts>()
        .AddSingleton<ISecurityFacts, LimitFacts>()
        .AddSingleton<ISecurityFacts, MachineFacts>()
        .AddSingleton<ISecurityFacts, CountFacts>();
}
