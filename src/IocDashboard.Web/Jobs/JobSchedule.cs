using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>
/// Every schedule of the centre at a glance. All jobs are safe to run twice, late, or on two nodes at once, so a firing that was
/// missed is simply made up by the next.
/// </summary>
internal static class JobSchedule
{
    public static readonly TimeSpan OverdueSweep = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan FeedSweep = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Letters = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Decisions = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Opening = TimeSpan.FromHours(1);
    public static readonly TimeSpan Partitions = TimeSpan.FromHours(12);
    public static readonly TimeSpan Pruning = TimeSpan.FromHours(6);
    public static readonly TimeSpan UnusedAccounts = TimeSpan.FromHours(1);

    public static void Apply(IQuartzBuilder quartz)
    {
        Every<OpenObligationsJob>(quartz, OpenObligationsJob.Key, Opening);
        Every<SweepOverdueJob>(quartz, SweepOverdueJob.Key, OverdueSweep);
        Every<TakeStepsJob>(quartz, TakeStepsJob.Key, OverdueSweep);
        Every<SendLettersJob>(quartz, SendLettersJob.Key, Letters);
        Every<PostNoticesJob>(quartz, PostNoticesJob.Key, Letters);
        Every<SweepDataRequestsJob>(quartz, SweepDataRequestsJob.Key, OverdueSweep);
        Every<SweepFeedsJob>(quartz, SweepFeedsJob.Key, FeedSweep);
        Every<ApplyDecisionsJob>(quartz, ApplyDecisionsJob.Key, Decisions);
        Every<EnsurePartitionsJob>(quartz, EnsurePartitionsJob.Key, Partitions);
        Every<PruneChangesJob>(quartz, PruneChangesJob.Key, Pruning);
        Every<CloseUnusedAccountsJob>(quartz, CloseUnusedAccountsJob.Key, UnusedAccounts);

        quartz.RunAtStartup(OpenObligationsJob.Key);
    }

    private static void Every<TJob>(IQuartzBuilder quartz, JobKey key, TimeSpan interval) where TJob : IJob => quartz.ScheduleJob<TJob>(
        trigger => trigger
            .WithIdentity(key.Name)
            .WithSimpleSchedule(s => s.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount)),
        job => job.WithIdentity(key));
}
