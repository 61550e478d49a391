using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Scheduling;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Health;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Quartz over the centre's own database, clustered: any number of nodes, each firing on one of them.</summary>
public static class JobsModule
{
    public const string TablePrefix = "quartz.qrtz_";

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<OpenObligations>();
        services.AddSingleton<ApplyDecisions>();
        services.AddSingleton<SweepReports>();
        services.AddSingleton<SweepFeeds>();
        services.AddSingleton<PruneChanges>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "ioc";
                // The page, /readyz and the log name nodes by it; a node that starts again is another.
                scheduler.InstanceId = $"{Environment.MachineName}{JobNode.Separator}{Guid.NewGuid():N}"[..(Environment.MachineName.Length + 9)];
            });
            quartz.UseDefaultThreadPool(maxConcurrency: 4);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres((DataSourceOptions source) => source.UseRegisteredDataSource = true);
                store.UseClustering(cluster =>
                {
                    // What a node was doing when it died goes on elsewhere after ten seconds at most. One that was only slow is run beside: every job bears that.
                    cluster.CheckinInterval = TimeSpan.FromSeconds(2);
                    cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(5);
                });
                store.ConfigureStore(options => options.TablePrefix = TablePrefix);
            });
            JobSchedule.Apply(quartz);
            quartz.AddJobListener<JobReporter>();
        });
        foreach (var plan in JobSchedule.Plans) services.AddSingleton(plan);
        services.AddSingleton(new ReadinessCheck("jobs", (provider, _) => Task.FromResult(provider.GetRequiredService<JobWatch>().Problem())));
        services.AddOptions<AdoJobStoreOptions>().Configure<IocSettings, IHostEnvironment>((options, settings, environment) =>
        {
            options.SchemaProvisioning = settings.Migrate ?? !environment.IsProduction() ? SchemaProvisioning.CreateIfMissing : SchemaProvisioning.Validate;
            // Others would keep a process alive that has stopped, for as long as its database is away.
            options.UseBackgroundThreads = true;
        });
        // A job that meets a database that is away tries to say so until it is back: a centre that is to stop would wait for ever.
        // Every job is one transaction and safe to be made up, so none has to be waited for.
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = false);
        services.Replace(ServiceDescriptor.Singleton<IHostedService, SchedulerService>(), services.Single(s => s.ImplementationType == typeof(QuartzHostedService)));
        return services;
    }

    private static void Replace(this IServiceCollection services, ServiceDescriptor by, ServiceDescriptor of) => services[services.IndexOf(of)] = by;
}
