using System.Threading.RateLimiting;
using IocDashboard.Web.Platform.Limits;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// Attempts to sign in from one address: locks keep one account from being guessed, this keeps one address from trying many.
/// An agency's people may share an address.
/// </summary>
public sealed class SignInLimit : IDisposable
{
    public const int AttemptsAMinute = 60;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _byAddress = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new() { PermitLimit = AttemptsAMinute, Window = Window, QueueLimit = 0 }));

    public bool Allows(HttpContext http)
    {
        using var lease = _byAddress.AttemptAcquire(Address.Of(http));
        return lease.IsAcquired;
    }

    public void Dispose() => _byAddress.Dispose();
}
