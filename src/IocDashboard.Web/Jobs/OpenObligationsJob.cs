using IocDashboard.Web.Features.Obligations;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Opens the reports of current and coming periods.</summary>
[DisallowConcurrentExecution]
internal sealed class OpenObligationsJob(OpenObligations open) : IJob
{
    public static readonly JobKey Key = new("open-obligations");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await open.Handle(cancellationToken);
}
