using System.Security.Claims;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features.FocalPoints;

namespace IocDashboard.Web.Surfaces.Console.Reports;

/// <summary>Which events of urging a reader may see: those of their own agency, or of all where they are of the centre. Notes are the centre's alone.</summary>
internal static class PursuitEvents
{
    public static IReadOnlyList<object> SeenBy(ClaimsPrincipal user, string agency, IReadOnlyList<object> events)
    {
        var scope = FocalPointRights.ToRead(user);
        return scope.IsAll ? events : [.. events.Where(e => e is not ReportNoted && (scope.Covers(agency) || e is not (ReportUrged or UrgingAnswered or ReportTakenOver or ReportHandedBack)))];
    }
}
