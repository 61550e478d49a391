using System.Security.Claims;
using IocDashboard.Domain.Escalation;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>Whose inbox somebody reads at the console, by what they are there: the operating unit's people belong to another agency than the centre that they run.</summary>
public static class NoticeRights
{
    public static string BodyOf(ClaimsPrincipal user) =>
        user.IsInRole(Roles.PpcOffice) ? EscalationBodies.Office
        : user.IsInRole(Roles.Leader) ? EscalationBodies.Leadership
        : EscalationBodies.Centre;
}
