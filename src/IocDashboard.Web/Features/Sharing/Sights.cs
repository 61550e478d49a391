using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.Sharing;

/// <summary>Tells what an agency sees now: by the agreements that this node holds in memory, at this instant.</summary>
public sealed class Sights(CatalogueCache catalogue, TimeProvider clock)
{
    /// <param name="agency">Code of the reader's agency; null or unknown sees nothing specific.</param>
    public Sight Of(string? agency) => Sight.Of(agency, catalogue.Current.Agreements, clock.GetUtcNow());

    /// <summary>The current catalogue as the agency sees it.</summary>
    public CatalogueSnapshot CatalogueFor(string? agency) => catalogue.Current.SeenBy(Of(agency));
}
