using System.Security.Claims;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary>
/// Whose focal points somebody may see and change (article 9.3a). The policies <see cref="Policies.ViewFocalPoints"/> and
/// <see cref="Policies.RecordFocalPoints"/> admit whoever has any.
/// </summary>
public static class FocalPointRights
{
    public static AgencyScope ToRead(ClaimsPrincipal user) => AgencyScope.Of(user, Roles.SeesEveryFocalPoint, Roles.SeesOwnFocalPoints);

    public static AgencyScope ToRecord(ClaimsPrincipal user) => AgencyScope.Of(user, Roles.RecordsEveryFocalPoint, Roles.RecordsOwnFocalPoints);
}
