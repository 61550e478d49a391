namespace IocDashboard.Web.Features;

/// <summary>
/// One reading for all open pages of this node: whoever asks first reads for everybody, whoever asks while it is fresh gets the same.
/// A reading that failed is not tried again before that either, so that a database that is away is not asked by every page.
/// </summary>
public sealed class SharedReading<T>(Func<CancellationToken, Task<T>> read, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private Reading? _last;

    /// <param name="atMost">How old the answer may be.</param>
    /// <param name="written">Of what was written on this node, where that is counted: another number asks anew at once.</param>
    public Task<T> GetAsync(TimeSpan atMost, CancellationToken cancellation, int written = 0)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            // It does not end with the page of whoever asked first.
            if (_last is not { } last || last.Written != written || (now - last.At).Duration() >= atMost)
                _last = last = new(read(CancellationToken.None), written, now);
            return last.Answer.WaitAsync(cancellation);
        }
    }

    private sealed record Reading(Task<T> Answer, int Written, DateTimeOffset At);
}
