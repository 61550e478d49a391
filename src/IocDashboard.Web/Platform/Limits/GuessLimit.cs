using System.Threading.RateLimiting;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.Sessions;

namespace IocDashboard.Web.Platform.Limits;

/// <summary>
/// Tokens and display credentials that did not hold, by address: whoever guesses is answered with 429 before the database is
/// asked. A credential that has held before on this node is never kept out, so that one broken system does not stop the others
/// behind its address.
/// </summary>
internal sealed class GuessLimit(LimitSettings limits, MachineKeyCache keys, DisplayRegister displays) : IDisposable
{
    private const int Segments = 6;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _failures = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetSlidingWindowLimiter(
        address, _ => new() { PermitLimit = limits.FailuresPerMinute, Window = Window, SegmentsPerWindow = Segments, QueueLimit = 0 }));

    /// <summary>Before authentication.</summary>
    public Task Guard(HttpContext http, RequestDelegate next)
    {
        if (!IsUnknown(http.Request)) return next(http);
        return IsLeft(Address.Of(http)) ? next(http) : LimitRefusal.WriteAsync(http, LimitRefusal.Requests, Window / Segments);
    }

    /// <summary>After authentication.</summary>
    public Task Note(HttpContext http, RequestDelegate next)
    {
        if (http.User.Identity is not { IsAuthenticated: true } && IsUnknown(http.Request))
            _failures.AttemptAcquire(Address.Of(http)).Dispose();
        return next(http);
    }

    private bool IsLeft(string address)
    {
        using var left = _failures.AttemptAcquire(address, permitCount: 0);
        return left.IsAcquired;
    }

    public void Dispose() => _failures.Dispose();

    private bool IsUnknown(HttpRequest request)
    {
        if (MachineKeyHandler.TokenOf(request) is { Length: > 0 } token) return !MachineToken.LooksRight(token) || !keys.Knows(MachineToken.Hash(token));
        // A person who signed in on a screen's browser is that person.
        if (request.Cookies.ContainsKey(Session.CookieName)) return false;
        return request.Cookies[DisplayHandler.CookieName] is { Length: > 0 } credential && !displays.Knows(credential);
    }
}
