using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features;

public static class FeaturesModule
{
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        services.AddSingleton<CommitSignal>();
        services.AddCatalogue();
        return services;
    }
}
