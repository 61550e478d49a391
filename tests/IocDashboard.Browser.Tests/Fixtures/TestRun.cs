using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(TestRun))]
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]

namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>Ends what all tests share, in the order in which one needs the other.</summary>
public sealed class TestRun : IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Chromium.CloseAsync();
        await DemoCentre.StopSharedAsync();
        await IocHost.AllStoppedAsync();
        await PostgresServer.StopSharedAsync();
    }
}
