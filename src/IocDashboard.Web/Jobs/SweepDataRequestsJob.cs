using IocDashboard.Web.Features.DataRequests;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Lets unanswered data requests fall overdue at their instants; between two firings it waits for an instant that is about to come.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepDataRequestsJob(SweepDataRequests sweep) : IJob
{
    public static readonly JobKey Key = new("sweep-data-requests");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await sweep.Handle(JobSchedule.OverdueSweep, cancellationToken);
}
