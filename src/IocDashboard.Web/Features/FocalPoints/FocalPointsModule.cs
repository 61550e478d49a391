namespace IocDashboard.Web.Features.FocalPoints;

public static class FocalPointsModule
{
    public static IServiceCollection AddFocalPoints(this IServiceCollection services) => services
        .AddSingleton<FocalPointChanges>()
        .AddSingleton<FocalPointTransaction>()
        .AddSingleton<FindFocalPoints>()
        .AddSingleton<FocalPointCount>()
        .AddSingleton<RecordFocalPointHandler>()
        .AddSingleton<EndFocalPointHandler>();
}
