using IocDashboard.Web.Platform.Database;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Makes next year's partition before the year begins.</summary>
[DisallowConcurrentExecution]
internal sealed class EnsurePartitionsJob(ObservationPartitions partitions) : IJob
{
    public static readonly JobKey Key = new("ensure-partitions");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await partitions.EnsureAsync(cancellationToken);
}
