using System.Runtime.InteropServices;

namespace IocDashboard.Web.Platform.Postgres;

/// <summary>
/// Ctrl+C and SIGTERM while the host does not answer them yet, or never will, as in a command: the server being started is
/// given up, the one that runs is stopped, and then the process ends. Without this it would leave its server behind.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _registrations;
    private EmbeddedPostgres? _server;

    public StopSignals() => _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _asked.Token;

    public void EndWith(EmbeddedPostgres server) => _server = server;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        var exitCode = context.Signal == PosixSignal.SIGINT ? 130 : 143;
        _ = Task.Run(async () =>
        {
            await _asked.CancelAsync();
            if (_server is null) return;
            await _server.DisposeAsync();
            Environment.Exit(exitCode);
        });
    }
}

/// <summary>The first of the hosted services: when it begins to start, the host answers signals.</summary>
internal sealed class SignalHandover(EmbeddedPostgres server) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        server.LeaveSignalsToTheHost();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
