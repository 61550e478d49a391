namespace IocDashboard.Web.Features.Reporting;

public static class ReportingModule
{
    public static IServiceCollection AddReporting(this IServiceCollection services)
    {
        services.AddSingleton<SubmitReportHandler>();
        return services;
    }
}
