using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>A running centre over a copy of the illustrative history; its clock starts where the history ends.</summary>
public sealed class DemoCentre : IAsyncDisposable
{
    private static readonly Lazy<Task<DemoCentre>> Single = new(StartAsync);

    private DemoCentre(IocHost host, RunningClock clock, Reporter reporter) => (Host, Clock, Reporter) = (host, clock, reporter);

    /// <summary>For tests that leave the clock alone and write only what no other test looks for.</summary>
    public static Task<DemoCentre> Shared => Single.Value;

    public IocHost Host { get; }
    public RunningClock Clock { get; }
    public Reporter Reporter { get; }
    public Uri Address => Host.BaseAddress;

    public static async Task<DemoCentre> StartAsync()
    {
        var clock = new RunningClock(IllustrativeHistory.EndsAt);
        var host = await IocHost.StartAsync(new IocHostOptions { ConnectionString = await IllustrativeHistory.CopyAsync(), Time = clock });
        return new DemoCentre(host, clock, await Reporter.ConnectAsync(host.Client, host.ConnectionString));
    }

    public static async Task StopSharedAsync()
    {
        if (Single.IsValueCreated) await (await Single.Value).DisposeAsync();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
