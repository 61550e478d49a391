namespace IocDashboard.Web.Features.Feeds;

public static class FeedsModule
{
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.AddSingleton<MeasurementQueue>();
        services.AddSingleton<MeasurementTransaction>();
        services.AddSingleton<ReceiveMeasurementsHandler>();
        services.AddSingleton<PauseFeedHandler>();
        services.AddHostedService<MeasurementWriter>();
        return services;
    }
}
