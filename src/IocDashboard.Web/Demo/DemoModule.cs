using IocDashboard.Web.Demo.Access;
using IocDashboard.Web.Demo.Agencies;
using IocDashboard.Web.Demo.History;

namespace IocDashboard.Web.Demo;

/// <summary>Illustrative history and simulated agencies. Nothing outside this folder knows of it.</summary>
public static class DemoModule
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoMode>();
        services.AddSingleton<DemoLease>();
        services.AddSingleton<LoadHistory>();
        services.AddSingleton<IssueCredentials>();
        services.AddSingleton<NameFocalPoints>();
        services.AddSingleton<IllustrativeSteps>();
        services.AddSingleton<IllustrativeAgreements>();
        services.AddSingleton<IllustrativeRules>();
        services.AddSingleton<IllustrativeProposal>();
        services.AddHostedService<DemoStart>();
        services.AddHostedService<SimulatedAgencies>();
        return services;
    }
}
