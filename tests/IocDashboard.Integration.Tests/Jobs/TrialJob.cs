using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>What a job of a test does at each run, on whichever node.</summary>
internal sealed class Trial
{
    private int _runs, _now, _most;

    public Func<int, CancellationToken, Task> Does { get; set; } = (_, _) => Task.CompletedTask;

    public int Runs => Volatile.Read(ref _runs);

    /// <summary>The most runs that were under way in the same moment.</summary>
    public int MostAtOnce => Volatile.Read(ref _most);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = Interlocked.Increment(ref _now);
        if (now > MostAtOnce) Interlocked.Exchange(ref _most, now);
        try
        {
            await Does(Interlocked.Increment(ref _runs), cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}

/// <summary>A job of the test's own in the real scheduler, over the real store.</summary>
[DisallowConcurrentExecution]
internal sealed class TrialJob(Trial trial) : IJob
{
    public const string Name = "trial-job";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await trial.RunAsync(cancellationToken);

    /// <summary>A node that knows the job; its schedule still has to be put into the store.</summary>
    public static Task<IocHost> StartAsync(Trial trial, TimeSpan interval, TimeSpan limit, TimeProvider? clock = null, string? connectionString = null) => IocHost.StartAsync(new()
    {
        Time = clock, ConnectionString = connectionString, Services = services => services.AddSingleton(trial).AddSingleton(new JobPlan(Name, interval, limit)),
    });

    /// <param name="after">From now to the first firing by the schedule.</param>
    public static async Task ScheduleAsync(IocHost host, TimeSpan interval, TimeSpan after)
    {
        var scheduler = await SchedulerAsync(host);
        await scheduler.ScheduleJob(
            JobBuilder.Create<TrialJob>().WithIdentity(Name).Build(),
            TriggerBuilder.Create().WithIdentity(Name).StartAt(scheduler.TimeProvider.GetUtcNow() + after).WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever()).Build());
    }

    public static async Task<IScheduler> SchedulerAsync(IocHost host)
    {
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        while (scheduler.Status != SchedulerStatus.Running) await Task.Delay(20);
        return scheduler;
    }
}
