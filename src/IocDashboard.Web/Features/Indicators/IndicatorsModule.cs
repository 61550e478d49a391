namespace IocDashboard.Web.Features.Indicators;

internal static class IndicatorsModule
{
    public static IServiceCollection AddIndicators(this IServiceCollection services) => services
        .AddSingleton<FindIndicatorHistory>()
        .AddSingleton<FindEventsBehind>();
}
