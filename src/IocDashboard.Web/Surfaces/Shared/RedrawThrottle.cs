namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>
/// Coalesces any number of changes into redraws that are at least <paramref name="interval"/> apart: the first change
/// after quiet goes at once, the rest when the interval has passed. Calls back on a thread of the pool, one call at a
/// time, so the tail that reports a change never waits for a screen.
/// </summary>
public sealed class RedrawThrottle : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan _interval;
    private readonly Func<Task> _redraw;
    private readonly ITimer _timer;
    private long _last;
    private bool _everRan, _due, _running, _disposed;

    public RedrawThrottle(TimeProvider clock, TimeSpan interval, Func<Task> redraw)
    {
        (_clock, _interval, _redraw) = (clock, interval, redraw);
        _timer = clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something changed. Cheap, from any thread.</summary>
    public void Signal()
    {
        TimeSpan wait;
        lock (_gate)
        {
            if (_due || _disposed) return;
            _due = true;
            if (_running) return; // re-armed when the redraw under way is done
            wait = Wait();
        }

        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Wait()
    {
        if (!_everRan) return TimeSpan.Zero;
        var left = _interval - _clock.GetElapsedTime(_last);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (!_due || _running || _disposed) return;
            (_due, _running, _everRan, _last) = (false, true, true, _clock.GetTimestamp());
        }

        _ = RunAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            await _redraw();
        }
        finally
        {
            bool again;
            TimeSpan wait;
            lock (_gate)
            {
                _running = false;
                again = _due && !_disposed;
                wait = Wait();
            }

            if (again) _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate) _disposed = true;
        _timer.Dispose();
    }
}
