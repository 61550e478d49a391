using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// Ends live connections whose right has ended: of displays that were revoked, of keys that were revoked or have
/// expired, of people's sessions that ended or were locked. One
/// look for all connections of this node together, each second. The client is told why, so that a wall falls back to pairing.
/// </summary>
internal sealed partial class LiveRights(
    LiveConnections connections, DisplayRegister displays, MachineKeys keys, SessionRegister sessions, TimeProvider clock, ILogger<LiveRights> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), NoteEvery = TimeSpan.FromSeconds(30);

    private DateTimeOffset _notedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (DatabaseAway.Is(failure))
            {
                LogAway(log, failure.Message);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var byDisplay = connections.By(AccessClaims.Display);
        if (byDisplay.Count > 0)
        {
            var now = clock.GetUtcNow();
            var note = now - _notedAt >= NoteEvery;
            if (note) _notedAt = now;
            End(byDisplay, await displays.SeenAsync([.. byDisplay.Select(g => g.Key)], note, cancellation));
        }

        var byKey = connections.By(AccessClaims.Key);
        if (byKey.Count > 0) End(byKey, await keys.EndedAsync([.. byKey.Select(g => g.Key)], cancellation));

        var bySession = connections.By(AccessClaims.Session);
        if (bySession.Count == 0) return;
        var agencies = await sessions.AgenciesOfOpenAsync([.. bySession.Select(g => g.Key)], cancellation);
        foreach (var session in bySession)
            foreach (var connection in session)
                // Whoever moved to another agency sees by that one's rights from now on.
                if (agencies.GetValueOrDefault(session.Key) != connection.Claim(AccessClaims.Agency)) connection.End();
    }

    private static void End(ILookup<Guid, LiveConnection> held, IReadOnlyCollection<Guid> ended)
    {
        foreach (var id in ended)
            foreach (var connection in held[id]) connection.End();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rights of live connections could not be looked at: {Reason}")]
    private static partial void LogAway(ILogger log, string reason);
}
