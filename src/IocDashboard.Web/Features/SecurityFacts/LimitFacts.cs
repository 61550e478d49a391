using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Limits;

namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>How much one caller may ask for.</summary>
internal sealed class LimitFacts(IocSettings settings) : ISecurityFacts
{
    public Task<IReadOnlyList<SecurityFact>> ReadAsync(SecurityRequest request, CancellationToken cancellation)
    {
        var limits = settings.Limits;
        return Task.FromResult<IReadOnlyList<SecurityFact>>(
        [
            Limit(nameof(LimitSettings.KeyCallsPerSecond), limits.KeyCallsPerSecond), Limit(nameof(LimitSettings.PersonCallsPerSecond), limits.PersonCallsPerSecond),
            Limit(nameof(LimitSettings.AddressCallsPerSecond), limits.AddressCallsPerSecond), Limit(nameof(LimitSettings.FailuresPerMinute), limits.FailuresPerMinute),
            Limit(nameof(LimitSettings.ConnectionsPerAddress), limits.ConnectionsPerAddress), Limit(nameof(LimitSettings.Connections), limits.Connections),
        ]);
    }

    private static SecurityFact Limit(string name, int value) => new(SecurityGroups.Network, name, value, $"Ioc__Limits__{name}");
}
