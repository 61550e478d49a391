namespace IocDashboard.Web.Features.Reporting;

public static class ReportingModule
{
    public static IServiceCollection AddReporting(this IServiceCollection services)
    {
        services.AddSingleton<SubmitReportHandler>();
        services.AddSingleton<TellSourceChangedHandler>();
        services.AddSingleton<ReviewTransaction>();
        services.AddSingleton<VerifyReportHandler>();
        services.AddSingleton<ReturnReportHandler>();
        return services;
    }
}
