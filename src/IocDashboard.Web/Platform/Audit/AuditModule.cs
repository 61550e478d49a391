namespace IocDashboard.Web.Platform.Audit;

public static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<AuditTrail>();
        services.AddHostedService<ConfigurationRecord>();
        services.AddSingleton<VerifyAudit>();
        services.AddSingleton<FindAudit>();
        return services;
    }
}
