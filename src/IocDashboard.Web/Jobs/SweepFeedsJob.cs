using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Feeds;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Finds sources of measurements that have gone silent, and tells their agencies and the centre of those that were lost.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepFeedsJob(SweepFeeds sweep, TellLosses tell) : IJob
{
    public static readonly JobKey Key = new("sweep-feeds");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await sweep.Handle(cancellationToken);
        await tell.Handle(cancellationToken);
    }
}
