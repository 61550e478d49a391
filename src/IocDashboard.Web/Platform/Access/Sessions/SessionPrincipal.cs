using System.Security.Claims;
using IocDashboard.Web.Platform.Access.Factors;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Sessions;

/// <summary>The claims of somebody who signed in: made from the session's row for each request, never believed from the cookie.</summary>
public static class SessionPrincipal
{
    /// <summary>What the cookie holds: which session, and nothing that may change.</summary>
    public static ClaimsPrincipal InCookie(SessionState state) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, state.Account), new(ClaimTypes.Name, state.UserName), new(AccessClaims.Session, state.Id.ToString())],
        IdentityConstants.ApplicationScheme));

    /// <summary>What the account may do now.</summary>
    /// <param name="demand">What the session has to show before that.</param>
    public static ClaimsPrincipal Of(SessionState state, FactorDemand demand = FactorDemand.None, bool isOutside = false, string? address = null)
    {
        var identity = new ClaimsIdentity(InCookie(state).Claims, IdentityConstants.ApplicationScheme);
        identity.AddClaim(new(AccessClaims.Agency, state.Agency));
        foreach (var role in state.Roles) identity.AddClaim(new(ClaimTypes.Role, role));
        if (state.MustChangePassword) identity.AddClaim(new(AccessClaims.MustChangePassword, "true"));
        if (demand == FactorDemand.Enrol) identity.AddClaim(new(AccessClaims.MustSetSecondFactor, "true"));
        if (address is not null) identity.AddClaim(new(AccessClaims.Address, address));
        if (isOutside) identity.AddClaim(new(AccessClaims.Outside, "true"));
        return new(identity);
    }

    public static Guid? IdOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirst(AccessClaims.Session)?.Value, out var id) ? id : null;

    public static bool IsOutside(ClaimsPrincipal user) => user.HasClaim(c => c.Type == AccessClaims.Outside);

    /// <summary>Whether the claims still say what the session's row says. Where the request came from is theirs to say: a circuit has no address.</summary>
    public static bool IsCurrent(ClaimsPrincipal user, SessionState state, FactorDemand demand) =>
        demand != FactorDemand.Refused && Of(state, demand, IsOutside(user)).Claims.Select(c => (c.Type, c.Value)).ToHashSet()
            .SetEquals(user.Claims.Where(c => c.Type != AccessClaims.Address).Select(c => (c.Type, c.Value)));
}
