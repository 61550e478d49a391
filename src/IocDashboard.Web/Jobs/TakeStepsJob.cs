using IocDashboard.Web.Features.Escalation;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Tells whom the ladder names when a step's instant comes; between two firings it waits for an instant that is about to come.</summary>
[DisallowConcurrentExecution]
internal sealed class TakeStepsJob(TakeSteps take) : IJob
{
    public static readonly JobKey Key = new("take-steps");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await take.Handle(JobSchedule.OverdueSweep, cancellationToken);
}
