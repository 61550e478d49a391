using System.Collections.Immutable;

namespace IocDashboard.Web.Features.Reviews;

/// <summary>What waits to be verified, as all open consoles of this node see it: seconds old at most, and read once for all of them.</summary>
public sealed class ReviewQueue(FindQueue find, TimeProvider clock)
{
    private static readonly TimeSpan QueueAge = TimeSpan.FromSeconds(2), CountAge = TimeSpan.FromSeconds(3);

    private readonly SharedReading<ImmutableArray<QueuedReview>> _queue = new(find.Handle, clock);
    private readonly SharedReading<int> _count = new(find.CountAsync, clock);

    public Task<ImmutableArray<QueuedReview>> SeenAsync(CancellationToken cancellation) => _queue.GetAsync(QueueAge, cancellation);

    public Task<int> CountAsync(CancellationToken cancellation) => _count.GetAsync(CountAge, cancellation);
}
