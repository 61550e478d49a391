using System.Collections.Immutable;
using System.Threading.Channels;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>A judged call that waits for its transaction. <see cref="Series"/> goes with <see cref="Measurements"/>, place by place.</summary>
public sealed class QueuedCall(Feed feed, int[] series, ImmutableArray<Measurement> measurements, string by, DateTimeOffset receivedAt)
{
    private readonly TaskCompletionSource<(int Accepted, int Duplicates)> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Feed Feed => feed;
    public int[] Series => series;
    public ImmutableArray<Measurement> Measurements => measurements;
    public string By => by;
    public DateTimeOffset ReceivedAt => receivedAt;

    /// <summary>Ends when the call is committed, or fails with what kept it from being so.</summary>
    public Task<(int Accepted, int Duplicates)> Written => _written.Task;

    public void Commit(int accepted, int duplicates) => _written.TrySetResult((accepted, duplicates));

    public void Fail(Exception exception) => _written.TrySetException(exception);
}

/// <summary>
/// Calls of this node that wait for the writer. Bounded in calls and in values: what does not fit is turned away at once
/// instead of growing the memory.
/// </summary>
public sealed class MeasurementQueue
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private const int MostQueuedCalls = 2_000, MostQueuedValues = 200_000;
    private const int MostCallsTogether = 200, MostValuesTogether = 20_000;

    private readonly Channel<QueuedCall> _calls = Channel.CreateBounded<QueuedCall>(
        new BoundedChannelOptions(MostQueuedCalls) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private int _values;

    public bool TryAdd(QueuedCall call)
    {
        // One call is always let in, however large.
        var before = Interlocked.Add(ref _values, call.Measurements.Length) - call.Measurements.Length;
        if ((before == 0 || before + call.Measurements.Length <= MostQueuedValues) && _calls.Writer.TryWrite(call)) return true;
        Interlocked.Add(ref _values, -call.Measurements.Length);
        return false;
    }

    /// <summary>Waits for a first call and takes whatever else is there by now: no call waits for another to come.</summary>
    public async Task<List<QueuedCall>> TakeAsync(CancellationToken cancellation)
    {
        var calls = new List<QueuedCall> { await _calls.Reader.ReadAsync(cancellation) };
        var values = calls[0].Measurements.Length;
        while (calls.Count < MostCallsTogether && _calls.Reader.TryPeek(out var next)
            && values + next.Measurements.Length <= MostValuesTogether && _calls.Reader.TryRead(out next))
        {
            calls.Add(next);
            values += next.Measurements.Length;
        }

        Interlocked.Add(ref _values, -values);
        return calls;
    }

    /// <summary>Nothing more is taken in; what waits is handed back.</summary>
    public IEnumerable<QueuedCall> Close()
    {
        _calls.Writer.TryComplete();
        while (_calls.Reader.TryRead(out var call)) yield return call;
    }
}
