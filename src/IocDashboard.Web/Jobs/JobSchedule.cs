using IocDashboard.Web.Features.Scheduling;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>
/// Every schedule of the centre at a glance. All jobs are safe to run twice, late, or on two nodes at once, so a firing that was
/// missed is simply made up by the next.
/// </summary>
internal static class JobSchedule
{
    public static readonly TimeSpan OverdueSweep = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Decisions = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After a failure; then the job waits for its next time. An attempt that would fall beside that is left out, so what runs every
    /// few seconds is tried again by its own interval.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Retries = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    // Every so often, and how long a run may take until it is told to be stuck.
    private static readonly ScheduledJob[] All =
    [
        Every<SweepOverdueJob>(SweepOverdueJob.Key, OverdueSweep, stuckAfter: TimeSpan.FromMinutes(2)),
        Every<TakeStepsJob>(TakeStepsJob.Key, OverdueSweep, stuckAfter: TimeSpan.FromMinutes(2)),
        Every<SweepDataRequestsJob>(SweepDataRequestsJob.Key, OverdueSweep, stuckAfter: TimeSpan.FromMinutes(2)),
        Every<SweepFeedsJob>(SweepFeedsJob.Key, TimeSpan.FromSeconds(2), stuckAfter: TimeSpan.FromMinutes(2)),
        // Two hundred letters to a slow server.
        Every<SendLettersJob>(SendLettersJob.Key, TimeSpan.FromSeconds(5), stuckAfter: TimeSpan.FromMinutes(15)),
        Every<ReadBouncesJob>(ReadBouncesJob.Key, TimeSpan.FromMinutes(2), stuckAfter: TimeSpan.FromMinutes(15)),
        Every<PostNoticesJob>(PostNoticesJob.Key, TimeSpan.FromSeconds(5), stuckAfter: TimeSpan.FromMinutes(15)),
        Every<ApplyDecisionsJob>(ApplyDecisionsJob.Key, Decisions, stuckAfter: TimeSpan.FromMinutes(5)),
        // The first opening of a register is the longest.
        Every<OpenObligationsJob>(OpenObligationsJob.Key, TimeSpan.FromHours(1), stuckAfter: TimeSpan.FromMinutes(30)),
        Every<CloseUnusedAccountsJob>(CloseUnusedAccountsJob.Key, TimeSpan.FromHours(1), stuckAfter: TimeSpan.FromMinutes(10)),
        Every<PruneChangesJob>(PruneChangesJob.Key, TimeSpan.FromHours(6), stuckAfter: TimeSpan.FromMinutes(30)),
        Every<EnsurePartitionsJob>(EnsurePartitionsJob.Key, TimeSpan.FromHours(12), stuckAfter: TimeSpan.FromMinutes(10)),
    ];

    public static IEnumerable<JobPlan> Plans => All.Select(job => job.Plan);

    public static void Apply(IQuartzBuilder quartz)
    {
        foreach (var job in All) job.AddTo(quartz);

        quartz.RunAtStartup(OpenObligationsJob.Key);
        quartz.UseDefaultRetryPolicy(RetryPolicy.Explicit(Retries));
    }

    private static ScheduledJob Every<TJob>(JobKey key, TimeSpan interval, TimeSpan stuckAfter) where TJob : IJob => new(
        new(key.Name, interval, stuckAfter),
        quartz => quartz.ScheduleJob<TJob>(
            trigger => trigger
                .WithIdentity(key.Name)
                .WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount)),
            job => job.WithIdentity(key)));

    private sealed record ScheduledJob(JobPlan Plan, Action<IQuartzBuilder> AddTo);
}
