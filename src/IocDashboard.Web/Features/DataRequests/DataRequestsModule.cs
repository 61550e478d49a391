namespace IocDashboard.Web.Features.DataRequests;

public static class DataRequestsModule
{
    public static IServiceCollection AddDataRequests(this IServiceCollection services)
    {
        services.AddSingleton<DataRequestTransaction>();
        services.AddSingleton<AskForDataHandler>();
        services.AddSingleton<ReviewAnswersHandler>();
        services.AddSingleton<AnswerDataRequestHandler>();
        services.AddSingleton<WriteDraftHandler>();
        services.AddSingleton<FindDataRequests>();
        services.AddSingleton<RequestCount>();
        services.AddSingleton<FindOwnRequests>();
        services.AddSingleton<SettledRequests>();
        services.AddSingleton<SweepDataRequests>();
        return services;
    }
}
