namespace IocDashboard.Web.Features.DataRequests;

/// <summary>What the navigation says of data requests: counted once for all open consoles of this node, a second old at most.</summary>
public sealed class RequestCount(FindDataRequests find, TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly SharedReading<RequestCounts> _counts = new(find.Count, clock);

    public Task<RequestCounts> NowAsync(CancellationToken cancellation) => _counts.GetAsync(Age, cancellation);
}
