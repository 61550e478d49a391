using IocDashboard.Web.Features.Obligations;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Lets reports fall overdue and lock at their instants; between two firings it waits for an instant that is about to come.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepOverdueJob(SweepReports sweep) : IJob
{
    public static readonly JobKey Key = new("sweep-overdue");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await sweep.Handle(JobSchedule.OverdueSweep, cancellationToken);
}
