using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IocDashboard.Web.Platform.Health;

/// <summary>Prints the address once everything is ready, so that whoever ran <c>./ioc up</c> knows when and where to look.</summary>
internal sealed class ReadyAnnouncement(IServer server, IEnumerable<ReadinessCheck> checks, IServiceProvider services, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!lifetime.ApplicationStarted.IsCancellationRequested || !await ReadyAsync(stoppingToken))
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
        }
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            await Console.Out.WriteLineAsync($"IocDashboard is ready: {address}");
            await Console.Out.WriteLineAsync($"  video wall {address}/wall · operator's console {address}/console");
        }
    }

    private async Task<bool> ReadyAsync(CancellationToken cancellation)
    {
        var results = await Task.WhenAll(checks.Select(check => HealthEndpoints.RunAsync(check, services, cancellation)));
        return results.All(result => result.Ready);
    }
}
