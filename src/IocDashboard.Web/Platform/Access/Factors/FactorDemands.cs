using System.Net;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>Asks <see cref="SecondFactorRule"/> about sessions, by the settings of this installation.</summary>
public sealed class FactorDemands(IocSettings settings, Installation installation)
{
    private readonly OwnNetworks _inside = OwnNetworks.Of(settings.OwnNetworks);

    public bool IsOutside(IPAddress? address) => !_inside.Contain(address);

    public async ValueTask<FactorDemand> OfAsync(SessionState state, bool isOutside, CancellationToken cancellation = default) => SecondFactorRule.Of(
        state.IsStrong, state.HasSecondFactor, IsAdministrator(state), isOutside, await AdministratorsNeedAsync(cancellation),
        state.Method == SignInMethods.Sso);

    /// <summary>Whether this session's owner must not turn the second factor off.</summary>
    public async ValueTask<bool> IsNeededAsync(SessionState state, bool isOutside, CancellationToken cancellation = default) =>
        SecondFactorRule.IsNeeded(IsAdministrator(state), isOutside, await AdministratorsNeedAsync(cancellation));

    /// <summary>Whether administrators need a second factor inside too.</summary>
    public async ValueTask<bool> AdministratorsNeedAsync(CancellationToken cancellation = default) =>
        settings.AdministratorsNeedSecondFactor ?? !await installation.IsIllustrativeAsync(cancellation);

    private static bool IsAdministrator(SessionState state) => state.Roles.Contains(Roles.Administrator);
}
