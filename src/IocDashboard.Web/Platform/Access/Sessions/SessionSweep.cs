using System.Collections.Concurrent;

namespace IocDashboard.Web.Platform.Access.Sessions;

/// <summary>
/// The sessions of all open circuits of this node, looked at together: whichever circuit asks first when the last look is
/// <see cref="SessionRegister.TrustFor"/> ago, asks for all of them with one question. Without open circuits nothing is asked.
/// </summary>
internal sealed class SessionSweep(SessionRegister sessions, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Watch, Guid> _watched = new();
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private DateTimeOffset _lastAt;

    /// <summary>Until it is disposed, the session is among those that are looked at.</summary>
    public Watch Begin(Guid session)
    {
        var watch = new Watch(this);
        _watched[watch] = session;
        return watch;
    }

    /// <summary>Null when there is no such session.</summary>
    public async Task<SessionState?> FindAsync(Guid session, CancellationToken cancellation)
    {
        await Look().WaitAsync(cancellation);
        return await sessions.FindAsync(session, cancellation);
    }

    private Task Look()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now - _lastAt < SessionRegister.TrustFor) return _last;
            // It does not end with the circuit that happened to ask.
            (_lastAt, _last) = (now, sessions.RefreshAsync([.. _watched.Values.Distinct()]));
            return _last;
        }
    }

    internal sealed class Watch(SessionSweep sweep) : IDisposable
    {
        public void Dispose() => sweep._watched.TryRemove(this, out _);
    }
}
