using System.Collections.Frozen;
using IocDashboard.Domain.Escalation;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>What a body was told last, and how much of it nobody has seen.</summary>
public sealed record BodyInbox(int Unread, IReadOnlyList<Notice> Newest)
{
    public static readonly BodyInbox Empty = new(0, []);
}

/// <summary>The inboxes of the bodies that urge, each read once for all open consoles of this node, seconds old at most.</summary>
public sealed class BodyInboxes
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(2);

    private readonly FrozenDictionary<string, SharedReading<BodyInbox>> _readings;
    private int _changes;

    public BodyInboxes(FindNotices find, TimeProvider clock) => _readings = EscalationBodies.All.ToFrozenDictionary(
        body => body, body => new SharedReading<BodyInbox>(async cancellation => new(await find.Unread(body, cancellation), await find.Handle(body, cancellation)), clock), StringComparer.Ordinal);

    /// <summary>Grows when one was seen here.</summary>
    public int Changes => Volatile.Read(ref _changes);

    public Task<BodyInbox> NowAsync(string body, CancellationToken cancellation) =>
        _readings.TryGetValue(body, out var reading) ? reading.GetAsync(Age, cancellation, Changes) : Task.FromResult(BodyInbox.Empty);

    public void Seen() => Interlocked.Increment(ref _changes);
}
