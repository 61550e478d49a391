namespace IocDashboard.Web.Features;

/// <summary>
/// One reading for all open pages of this node: whoever asks first reads for everybody, whoever asks while it is fresh gets the same.
/// A reading that failed is shared too, for seconds at most: a database that is away is not asked by every page, and not given up for long.
/// </summary>
public sealed class SharedReading<T>(Func<CancellationToken, Task<T>> read, TimeProvider clock)
{
    private static readonly TimeSpan FailureAge = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Reading? _last;

    /// <param name="atMost">How old the answer may be.</param>
    /// <param name="version">Of what the answer follows from, where that is numbered, as what was written on this node: another number asks anew at once.</param>
    public Task<T> GetAsync(TimeSpan atMost, CancellationToken cancellation, int version = 0)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            // It does not end with the page of whoever asked first.
            if (_last is not { } last || last.Version != version || (now - last.At).Duration() >= last.Lasts(atMost))
                _last = last = new(read(CancellationToken.None), version, now);
            return last.Answer.WaitAsync(cancellation);
        }
    }

    private sealed record Reading(Task<T> Answer, int Version, DateTimeOffset At)
    {
        public TimeSpan Lasts(TimeSpan atMost) => Answer.IsFaulted && atMost > FailureAge ? FailureAge : atMost;
    }
}
