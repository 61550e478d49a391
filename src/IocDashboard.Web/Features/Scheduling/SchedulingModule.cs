namespace IocDashboard.Web.Features.Scheduling;

internal static class SchedulingModule
{
    /// <summary>Before the scheduler, so that it stops after it: the last runs are written too.</summary>
    public static IServiceCollection AddScheduling(this IServiceCollection services) => services
        .AddSingleton<JobRecords>()
        .AddSingleton<JobMetrics>()
        .AddSingleton<RunJobNow>()
        .AddSingleton<JobRunRecorder>()
        .AddHostedService(provider => provider.GetRequiredService<JobRunRecorder>())
        .AddSingleton<JobWatch>()
        .AddHostedService(provider => provider.GetRequiredService<JobWatch>());
}
