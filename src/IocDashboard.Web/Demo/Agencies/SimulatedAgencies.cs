using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Access;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Demo.History;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IocDashboard.Web.Demo.Agencies;

/// <summary>
/// Runs the simulated agencies on the one node that holds the lease, from when the centre listens until it stops. Their only
/// way in is the public interface.
/// </summary>
internal sealed class SimulatedAgencies(
    DemoMode mode, DemoLease lease, IssueCredentials credentials, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock, IServer server,
    IHostApplicationLifetime lifetime, IConfiguration configuration, ILogger<SimulatedAgencies> logger) : BackgroundService
{
    /// <summary><c>Ioc__SimulateAgencies=false</c> keeps illustrative history still, for tests and measurements.</summary>
    private const string Switch = "Ioc:SimulateAgencies";

    private static readonly TimeSpan BetweenLeaseChecks = TimeSpan.FromSeconds(20), AfterDefect = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!mode.IsOn || configuration.GetValue(Switch, defaultValue: true) == false) return;
        await UntilListening(stoppingToken);
        if (OwnAddress() is not { } address) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await lease.HoldAsync(stoppingToken)) await RunWhileHeldAsync(address, stoppingToken);
            await Task.Delay(BetweenLeaseChecks, clock, stoppingToken);
        }
    }

    private async Task RunWhileHeldAsync(Uri address, CancellationToken stopping)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            var system = new AgencySystem(http, await credentials.EnsureAsync(held.Token), new Complaints(logger, clock));
            var agencies = Start(system, held.Token);
            while (await lease.HoldAsync(held.Token)) await Task.WhenAny(Task.Delay(BetweenLeaseChecks, clock, held.Token), agencies);
            await held.CancelAsync();
            await agencies;
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            // Stopping, or another node demonstrates now.
        }
        catch (Exception e)
        {
            await held.CancelAsync();
            logger.LogError(e, "The simulated agencies stopped; they start again in {Seconds} s", BetweenLeaseChecks.TotalSeconds);
        }
    }

    private Task Start(AgencySystem system, CancellationToken cancellation)
    {
        var snapshot = catalogue.Current;
        var figures = new FigureModel(snapshot.Calendar, time);
        var silences = new Silences(snapshot.FeedList);
        var stage = new Stage(snapshot, figures, time, clock.GetUtcNow());
        logger.LogInformation("Simulated agencies: {Feeds} feeds and {Forms} forms", snapshot.FeedList.Length, snapshot.FormList.Length);
        return Task.WhenAll(
        [
            .. snapshot.FeedList.Select(feed => KeepRunning(new SimulatedFeed(feed, snapshot, figures, silences, system, clock).RunAsync, cancellation)),
            KeepRunning(new ReportDesk(stage, system, clock).RunAsync, cancellation),
        ]);
    }

    /// <summary>A defect in one agency's simulation must not silence it for good, nor the others.</summary>
    private async Task KeepRunning(Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await run(cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                logger.LogError(e, "A simulated agency stopped; it starts again in {Seconds} s", AfterDefect.TotalSeconds);
            }

            await Task.Delay(AfterDefect, clock, cancellation);
        }
    }

    private async Task UntilListening(CancellationToken cancellation)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(() => listening.TrySetResult());
        await listening.Task.WaitAsync(cancellation);
    }

    /// <summary>Loopback wherever the centre listens on all addresses; plain HTTP before HTTPS, whose certificate is not ours to judge.</summary>
    private Uri? OwnAddress() => server.Features.Get<IServerAddressesFeature>()?.Addresses
        .OrderBy(a => a.StartsWith("https", StringComparison.OrdinalIgnoreCase))
        .Select(a => BindingAddress.Parse(a))
        .Select(a => new UriBuilder(a.Scheme, a.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : a.Host, a.Port).Uri)
        .FirstOrDefault();
}
