using IocDashboard.Web.Features.Escalation.Posting;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Posts the notices that wait for a webhook.</summary>
[DisallowConcurrentExecution]
internal sealed class PostNoticesJob(PostNotices post) : IJob
{
    public static readonly JobKey Key = new("post-notices");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await post.Handle(cancellationToken);
}
