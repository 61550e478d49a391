using IocDashboard.Web.Demo.History;

namespace IocDashboard.Web.Demo;

public static class DemoModule
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<DemoMode>();
        services.AddSingleton<LoadHistory>();
        services.AddHostedService<DemoStart>();
        return services;
    }
}
