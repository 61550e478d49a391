using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Platform.Http;

namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>Whose word about an address is believed, and whether this reader's line is encrypted.</summary>
internal sealed class NetworkFacts(IocSettings settings, Installation installation) : ISecurityFacts
{
    public async Task<IReadOnlyList<SecurityFact>> ReadAsync(SecurityRequest request, CancellationToken cancellation)
    {
        var isIllustrative = await installation.IsIllustrativeAsync(cancellation);
        var trustsItself = settings.TrustThisMachine ?? isIllustrative;
        return
        [
            new(SecurityGroups.Network, "Https", request.IsHttps, IsWeak: !request.IsHttps),
            new(SecurityGroups.Network, "Hsts", request.IsHttps ? SecurityHeaders.RememberHttpsFor : null, IsWeak: !request.IsHttps),
            new(SecurityGroups.Network, "TrustedProxies", string.IsNullOrWhiteSpace(settings.TrustedProxies) ? null : settings.TrustedProxies, "Ioc__TrustedProxies"),
            new(SecurityGroups.Network, "TrustThisMachine", trustsItself, "Ioc__TrustThisMachine", IsWeak: trustsItself && !isIllustrative),
            new(SecurityGroups.Network, "Illustrative", isIllustrative, "Ioc__Demo"),
        ];
    }
}
