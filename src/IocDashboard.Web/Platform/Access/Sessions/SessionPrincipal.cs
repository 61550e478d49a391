using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Sessions;

/// <summary>The claims of somebody who signed in: made from the session's row for each request, never believed from the cookie.</summary>
internal static class SessionPrincipal
{
    /// <summary>What the cookie holds: which session, and nothing that may change.</summary>
    public static ClaimsPrincipal InCookie(SessionState state) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, state.Account), new(ClaimTypes.Name, state.UserName), new(AccessClaims.Session, state.Id.ToString())],
        IdentityConstants.ApplicationScheme));

    /// <summary>What the account may do now.</summary>
    public static ClaimsPrincipal Of(SessionState state)
    {
        var identity = new ClaimsIdentity(InCookie(state).Claims, IdentityConstants.ApplicationScheme);
        identity.AddClaim(new(AccessClaims.Agency, state.Agency));
        foreach (var role in state.Roles) identity.AddClaim(new(ClaimTypes.Role, role));
        if (state.MustChangePassword) identity.AddClaim(new(AccessClaims.MustChangePassword, "true"));
        return new(identity);
    }

    public static Guid? IdOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirst(AccessClaims.Session)?.Value, out var id) ? id : null;

    /// <summary>Whether the claims still say what the session's row says.</summary>
    public static bool IsCurrent(ClaimsPrincipal user, SessionState state) =>
        Of(state).Claims.Select(c => (c.Type, c.Value)).ToHashSet().SetEquals(user.Claims.Select(c => (c.Type, c.Value)));
}
