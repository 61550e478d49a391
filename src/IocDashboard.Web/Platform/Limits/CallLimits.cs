using System.Security.Claims;
using System.Threading.RateLimiting;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Platform.Limits;

/// <summary>
/// Rates and open connections of each caller: a key, a display, a person, else an address. In memory of this node and without a
/// query; a caller that has been quiet for some seconds is forgotten. docs/decisions/0021-limits-and-keys.md.
/// </summary>
internal sealed class CallLimits : IDisposable
{
    private readonly LimitSettings _limits;
    private readonly PartitionedRateLimiter<HttpContext>[] _each;

    public CallLimits(LimitSettings limits)
    {
        _limits = limits;
        _each =
        [
            PartitionedRateLimiter.Create<HttpContext, Caller>(http => RateLimitPartition.GetTokenBucketLimiter(CallerOf(http), RateOf)),
            PartitionedRateLimiter.Create<HttpContext, Caller>(http => ConnectionsOf(http, new(Kind.Address, Address.Of(http)), limits.ConnectionsPerAddress)),
            PartitionedRateLimiter.Create<HttpContext, Caller>(http => CallerOf(http) is { Kind: not Kind.Address } known
                ? ConnectionsOf(http, known, MostConnections(known.Kind))
                : RateLimitPartition.GetNoLimiter(default(Caller))),
        ];
    }

    private enum Kind { Key, Display, Person, Address }

    private readonly record struct Caller(Kind Kind, string Id);

    /// <summary>For ASP.NET Core's rate limiting, after authentication. A lease on a connection is held as long as it is open.</summary>
    public PartitionedRateLimiter<HttpContext> Limiter() => PartitionedRateLimiter.CreateChained(_each);

    /// <summary>A chain does not dispose its links, and each has a timer that ticks until then.</summary>
    public void Dispose()
    {
        foreach (var limiter in _each) limiter.Dispose();
    }

    private TokenBucketRateLimiterOptions RateOf(Caller caller)
    {
        var (rate, burst) = caller.Kind switch
        {
            Kind.Key => (_limits.KeyCallsPerSecond, _limits.KeyBurst),
            Kind.Address => (_limits.AddressCallsPerSecond, _limits.AddressBurst),
            _ => (_limits.PersonCallsPerSecond, _limits.PersonBurst),
        };
        return new() { TokenLimit = burst, TokensPerPeriod = rate, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 };
    }

    private static RateLimitPartition<Caller> ConnectionsOf(HttpContext http, Caller caller, int most) => IsConnection(http.Request)
        ? RateLimitPartition.GetConcurrencyLimiter(caller, _ => new() { PermitLimit = most, QueueLimit = 0 })
        : RateLimitPartition.GetNoLimiter(default(Caller));

    private int MostConnections(Kind kind) => kind switch
    {
        Kind.Key => _limits.ConnectionsPerKey,
        Kind.Display => _limits.ConnectionsPerDisplay,
        _ => _limits.ConnectionsPerPerson,
    };

    private static Caller CallerOf(HttpContext http)
    {
        var user = http.User;
        if (user.FindFirst(AccessClaims.Key) is { } key) return new(Kind.Key, key.Value);
        if (user.FindFirst(AccessClaims.Display) is { } display) return new(Kind.Display, display.Value);
        return user.Identity is { IsAuthenticated: true } && user.FindFirst(ClaimTypes.NameIdentifier) is { } person
            ? new(Kind.Person, person.Value)
            : new(Kind.Address, Address.Of(http));
    }

    /// <summary>
    /// Of the live hub or of a circuit, and the negotiation that asks for one, so that the refusal is an answer that a client can
    /// read. What a client without WebSockets posts beside its connection is no further one.
    /// </summary>
    private static bool IsConnection(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments("/hubs") && !request.Path.StartsWithSegments("/_blazor")) return false;
        if (HttpMethods.IsPost(request.Method)) return request.Path.Value!.EndsWith("/negotiate", StringComparison.Ordinal);
        return !request.Path.StartsWithSegments("/_blazor", out var below) || !below.HasValue;
    }
}
