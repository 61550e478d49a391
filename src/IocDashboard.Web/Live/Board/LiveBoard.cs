namespace IocDashboard.Web.Live.Board;

/// <summary>
/// The one live read model of this node. Only the tail writes; readers take <see cref="Current"/> and never lock.
/// Subscribers are called on the tail's thread and must only note that something changed: a screen redraws on its own tick.
/// </summary>
public sealed class LiveBoard
{
    private readonly Lock _gate = new();
    private Action<BoardChange>[] _subscribers = [];
    private volatile BoardState _current = BoardState.Empty;

    public BoardState Current => _current;

    /// <summary>Changes with each start of the process: a client that sees another epoch takes a new snapshot.</summary>
    public string Epoch { get; } = Guid.CreateVersion7().ToString("N");

    public IDisposable Subscribe(Action<BoardChange> onChange)
    {
        lock (_gate) _subscribers = [.. _subscribers, onChange];
        return new Subscription(this, onChange);
    }

    internal void Replace(BoardChange change)
    {
        _current = change.State;
        foreach (var subscriber in _subscribers) subscriber(change);
    }

    private sealed class Subscription(LiveBoard board, Action<BoardChange> onChange) : IDisposable
    {
        public void Dispose()
        {
            lock (board._gate) board._subscribers = [.. board._subscribers.Where(s => s != onChange)];
        }
    }
}
