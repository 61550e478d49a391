using Microsoft.Extensions.Options;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>
/// Quartz's own service, whose end is not waited for longer than a centre may take to stop: its store tries to reach a database that is
/// away for ever, and heeds no token. What it leaves behind another node, or the next start, finds in the store.
/// </summary>
internal sealed class SchedulerService(IHostApplicationLifetime lifetime, IServiceProvider services, IOptionsMonitor<QuartzHostedServiceOptions> options, ILogger<SchedulerService> logger)
    : QuartzHostedService(lifetime, services, options), IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        var stopping = StopAsync(cancellationToken);
        if (await Task.WhenAny(stopping, Task.Delay(Patience, CancellationToken.None)) == stopping) await stopping;
        else logger.LogWarning("The scheduler did not stop within {Patience}; its database may be away", Patience);
    }
}
