using IocDashboard.Web.Features.Escalation.Mail;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Sends the letters that wait in the queue.</summary>
[DisallowConcurrentExecution]
internal sealed class SendLettersJob(SendLetters send) : IJob
{
    public static readonly JobKey Key = new("send-letters");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await send.Handle(cancellationToken);
}
