using IocDashboard.Web.Features.Governance;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Lets decided changes of the indicator set come into force when their day begins; between two firings it waits for a day that is about to.</summary>
[DisallowConcurrentExecution]
internal sealed class ApplyDecisionsJob(ApplyDecisions apply) : IJob
{
    public static readonly JobKey Key = new("apply-decisions");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await apply.Handle(JobSchedule.Decisions, cancellationToken);
}
