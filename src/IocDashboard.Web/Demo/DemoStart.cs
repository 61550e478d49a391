using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Access;
using IocDashboard.Web.Demo.History;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform;

namespace IocDashboard.Web.Demo;

/// <summary>
/// Decides whether this start is a demonstration, and sets it up before anything else of the centre starts. Without a word in
/// the settings an empty database becomes one; a database that holds anything real never does.
/// </summary>
internal sealed class DemoStart(
    IocSettings settings, DemoMode mode, DemoLease lease, LoadHistory history, IssueCredentials credentials, NameFocalPoints focalPoints,
    IllustrativeAgreements agreements, IllustrativeRules rules, IllustrativeProposal proposal, IllustrativeSteps steps, CatalogueLoader catalogue,
    ImportCatalogueHandler import, ProvinceTime time, TimeProvider clock, ILogger<DemoStart> logger) : IHostedLifecycleService
{
    private const int MonthsOfHistory = 24;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    // Before every StartAsync: the board, the jobs and the web server find history complete.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (settings.Demo == false) return;
        while (!await lease.HoldAsync(cancellationToken))
        {
            // Another node demonstrates, or is still filling the database.
            if (await history.IsIllustrativeAsync(cancellationToken))
            {
                mode.TurnOn();
                return;
            }

            await Task.Delay(BetweenLooks, cancellationToken);
        }

        await Decide(cancellationToken);
        if (!mode.IsOn)
        {
            await lease.DisposeAsync();
            return;
        }

        // Who is told that the centre is ready may use the accounts and keys at once.
        await catalogue.LoadAsync(cancellationToken);
        await agreements.EnsureAsync(cancellationToken);
        await rules.EnsureAsync(cancellationToken);
        await proposal.EnsureAsync(cancellationToken);
        await credentials.EnsureAsync(cancellationToken);
        await focalPoints.EnsureAsync(cancellationToken);
        await steps.EnsureAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Decide(CancellationToken cancellationToken)
    {
        if (await history.IsIllustrativeAsync(cancellationToken))
        {
            mode.TurnOn();
        }
        else if (await history.IsEmptyAsync(cancellationToken))
        {
            logger.LogInformation("The database is empty: loading illustrative history");
            await ImportCatalogue(cancellationToken);
            await history.RunAsync(cancellationToken);
            // Two years were in memory for some seconds; the process lives for months and gives them back.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            mode.TurnOn();
        }
        else if (settings.Demo == true)
        {
            logger.LogWarning("Ioc__Demo is on, but the database holds figures that are not illustrative: no demonstration");
        }
    }

    // Forms are owed from the first day of history on, so that nothing before it counts as missing.
    private async Task ImportCatalogue(CancellationToken cancellation)
    {
        var from = new FirstAssignment(MonthsOfHistory).From(time.DayOf(clock.GetUtcNow()));
        var outcome = await import.Handle(CatalogueStartup.ShippedReference(from), cancellation);
        if (outcome.Findings is [var finding, ..]) throw new InvalidDataException($"The reference files of this build are not sound: {finding}");
        await catalogue.LoadAsync(cancellation);
    }
}

/// <summary>Whether this node demonstrates with illustrative figures.</summary>
internal sealed class DemoMode
{
    public bool IsOn { get; private set; }

    public void TurnOn() => IsOn = true;
}
