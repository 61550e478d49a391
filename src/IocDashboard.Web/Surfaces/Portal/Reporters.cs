using System.Security.Claims;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Surfaces.Portal;

/// <summary>Whose reports somebody may see and fill in: their own agency's, when they report for it or answer for it.</summary>
public static class Reporters
{
    public static AgencyScope ScopeOf(ClaimsPrincipal user) => AgencyScope.Of(user, [], Roles.Reports);
}
