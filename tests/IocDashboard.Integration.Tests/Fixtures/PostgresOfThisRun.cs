using IocDashboard.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(PostgresOfThisRun))]

namespace IocDashboard.Tests.Fixtures;

/// <summary>Stops the shared server when the last test has run.</summary>
public sealed class PostgresOfThisRun : IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await IocHost.AllStoppedAsync();
        await PostgresServer.StopSharedAsync();
    }
}
