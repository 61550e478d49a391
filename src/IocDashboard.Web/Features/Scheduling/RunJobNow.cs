using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Audit;
using Quartz;

namespace IocDashboard.Web.Features.Scheduling;

/// <summary>What came of asking for a run.</summary>
public abstract record RunJobOutcome
{
    /// <summary>Some node begins it at once.</summary>
    public sealed record Asked : RunJobOutcome;

    public sealed record AlreadyRunning(RunningJob Run) : RunJobOutcome;

    /// <summary>Somebody else has, and it has not begun yet.</summary>
    public sealed record AlreadyAsked : RunJobOutcome;

    /// <summary>The schedule has no such job.</summary>
    public sealed record Unknown : RunJobOutcome;
}

/// <summary>
/// Runs a job of the schedule beside its times. One waits at most, on however many nodes it was asked for: its trigger has a name that
/// the store takes once. No attempt follows a failure, for somebody looks on.
/// </summary>
public sealed class RunJobNow(IEnumerable<JobPlan> plans, ISchedulerFactory schedulers, AuditTrail audit, JobWatch watch)
{
    private const string Group = "run-now";

    /// <exception cref="SchedulerException">The scheduler does not run, or cannot reach its store.</exception>
    public async Task<RunJobOutcome> Handle(string job, AuditActor by, CancellationToken cancellation)
    {
        if (plans.All(p => p.Name != job)) return new RunJobOutcome.Unknown();
        var scheduler = await schedulers.GetScheduler(cancellation);
        if (await RefusalAsync(scheduler, job, cancellation) is { } refusal) return await RefuseAsync(job, refusal, by, cancellation);

        // First the entry: what cannot be told is not to be done.
        await audit.RecordAsync(AuditActions.JobRun, job, AuditOutcome.Done, by: by, cancellation: cancellation);
        try
        {
            await scheduler.ScheduleJob(
                TriggerBuilder.Create().WithIdentity(job, Group).ForJob(job).WithRetryPolicy(RetryPolicy.None).StartAt(scheduler.TimeProvider.GetUtcNow()).Build(), cancellationToken: cancellation);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Asked for on two nodes in the same moment.
            return await RefuseAsync(job, new RunJobOutcome.AlreadyAsked(), by, cancellation);
        }

        watch.LookNow();
        return new RunJobOutcome.Asked();
    }

    private static async Task<RunJobOutcome?> RefusalAsync(IScheduler scheduler, string job, CancellationToken cancellation)
    {
        var fired = await scheduler.QueryFireInstances(new() { Job = new JobKey(job) }, cancellation);
        if (fired.Items.Count > 0) return new RunJobOutcome.AlreadyRunning(new(fired.Items[0].SchedulerInstanceId, fired.Items[0].FireTimeUtc));
        return await scheduler.Exists(new TriggerKey(job, Group), cancellation) ? new RunJobOutcome.AlreadyAsked() : null;
    }

    private async Task<RunJobOutcome> RefuseAsync(string job, RunJobOutcome refusal, AuditActor by, CancellationToken cancellation)
    {
        var why = refusal is RunJobOutcome.AlreadyRunning ? "already-running" : "already-asked";
        await audit.RecordAsync(AuditActions.JobRun, job, AuditOutcome.Refused, after: new JsonObject { ["why"] = why }, by: by, cancellation: cancellation);
        return refusal;
    }
}
