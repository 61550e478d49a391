namespace IocDashboard.Web.Features.Rules;

internal static class RulesModule
{
    public static IServiceCollection AddRules(this IServiceCollection services) => services
        .AddSingleton<RuleTransaction>()
        .AddSingleton<ProposeRuleHandler>()
        .AddSingleton<SwitchRuleOnHandler>()
        .AddSingleton<SwitchRuleOffHandler>()
        .AddSingleton<FindRules>()
        .AddSingleton<TryRule>()
        .AddSingleton<LayShippedRules>()
        .AddHostedService<RulesStartup>();
}
