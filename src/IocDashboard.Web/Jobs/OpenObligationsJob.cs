using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Obligations;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Opens the reports of current and coming periods, moves deadlines that a change of the calendar has left behind, and plans whom to tell.</summary>
[DisallowConcurrentExecution]
internal sealed class OpenObligationsJob(OpenObligations open, RescheduleReports reschedule, PlanSteps plan) : IJob
{
    public static readonly JobKey Key = new("open-obligations");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) 
    {
        await open.Handle(cancellationToken);
        await reschedule.Handle(cancellationToken);
        await plan.Handle(cancellationToken);
    }
}
