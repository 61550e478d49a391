using IocDashboard.Web.Features.Escalation.Mail;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Reads which letters came back.</summary>
[DisallowConcurrentExecution]
internal sealed class ReadBouncesJob(ReadBounces read) : IJob
{
    public static readonly JobKey Key = new("read-bounces");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await read.Handle(cancellationToken);
}
