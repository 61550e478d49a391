using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.Sso;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>Who needs a second factor, from where, and whether the province's own sign-in counts here.</summary>
internal sealed class SignInFacts(IocSettings settings, FactorDemands demands, Installation installation, IConfiguration configuration) : ISecurityFacts
{
    public async Task<IReadOnlyList<SecurityFact>> ReadAsync(SecurityRequest request, CancellationToken cancellation)
    {
        var isNeeded = await demands.AdministratorsNeedAsync(cancellation);
        // Checked at the start, so that what is read here can be used; the secret is not looked at.
        var sso = configuration.GetSection(SsoSettings.Section).Get<SsoSettings>() ?? new();
        return
        [
            new(SecurityGroups.Sessions, "AdministratorsNeedSecondFactor", isNeeded, "Ioc__AdministratorsNeedSecondFactor", IsWeak: !isNeeded && !await installation.IsIllustrativeAsync(cancellation)),
            new(SecurityGroups.Sessions, "OwnNetworks", settings.OwnNetworks ?? OwnNetworks.Default, "Ioc__OwnNetworks"),
            new(SecurityGroups.Sessions, "Sso", sso.Authority, "Ioc__Sso__Authority"),
            new(SecurityGroups.Sessions, "SsoMaxAge", sso.IsOn ? sso.MaxAge : null, "Ioc__Sso__MaxAgeMinutes", IsWeak: sso is { IsOn: true, MaxAge: null }),
        ];
    }
}
