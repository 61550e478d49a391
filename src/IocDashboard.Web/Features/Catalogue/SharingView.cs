using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>
/// Article 2: indicators of class <c>specific</c> are read only under an agreement. Until agreements are registered, that is
/// the agency which answers for the indicator; a null agency is the centre itself (a person or a display of it).
/// </summary>
public static class SharingView
{
    public static bool MayRead(Indicator indicator, string? agency) =>
        indicator.Sharing == SharingClass.Default || agency is null || indicator.Agency == agency;
}
