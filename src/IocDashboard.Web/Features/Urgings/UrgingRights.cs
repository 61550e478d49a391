using System.Security.Claims;
using IocDashboard.Domain.Escalation;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Features.Urgings;

/// <summary>On whose authority somebody urges: the PPC Office's people on its own (article 6.1), everybody else on the centre's (article 4.2).</summary>
public static class UrgingRights
{
    public static bool IsOffice(ClaimsPrincipal user) => user.IsInRole(Roles.PpcOffice);

    public static string BodyOf(ClaimsPrincipal user) => IsOffice(user) ? EscalationBodies.Office : EscalationBodies.Centre;
}
