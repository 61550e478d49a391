using IocDashboard.Web.Features.Feeds;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Finds sources of measurements that have gone silent.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepFeedsJob(SweepFeeds sweep) : IJob
{
    public static readonly JobKey Key = new("sweep-feeds");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await sweep.Handle(cancellationToken);
}
