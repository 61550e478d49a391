namespace IocDashboard.Web.Features.Urgings;

internal static class UrgingsModule
{
    public static IServiceCollection AddUrgings(this IServiceCollection services) => services
        .AddSingleton<PursueReportHandler>()
        .AddSingleton<UrgeReportsHandler>()
        .AddSingleton<AnswerUrgingHandler>()
        .AddSingleton<FindRecipients>()
        .AddSingleton<FindUrgings>();
}
