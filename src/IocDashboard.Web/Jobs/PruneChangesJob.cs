using IocDashboard.Web.Features;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Drops change rows that every tail has long read.</summary>
[DisallowConcurrentExecution]
internal sealed class PruneChangesJob(PruneChanges prune) : IJob
{
    public static readonly JobKey Key = new("prune-changes");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await prune.Handle(cancellationToken);
}
