using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Closes accounts that nobody uses.</summary>
[DisallowConcurrentExecution]
internal sealed class CloseUnusedAccountsJob(CloseUnusedAccounts close) : IJob
{
    public static readonly JobKey Key = new("close-unused-accounts");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await close.Handle(cancellationToken);
}
