using System.Collections.Immutable;
using IocDashboard.Domain.FocalPoints;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary>How many agencies have no focal point. The register is read once for all open consoles: anew when one was written here, and each minute.</summary>
public sealed class FocalPointCount(FindFocalPoints find, FocalPointChanges changes, CatalogueCache catalogues, ProvinceTime time, TimeProvider clock)
{
    public static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(1);

    private readonly SharedReading<IReadOnlyList<FocalPoint>> _register = new(c => find.Handle(AgencyScope.All, c), clock);

    /// <summary>Agencies within the scope that owe reports or measurements and have no principal at the instant.</summary>
    public async Task<int> MissingAt(DateTimeOffset instant, AgencyScope scope, CancellationToken cancellation) =>
        (await AgenciesWithoutAt(instant, scope, cancellation)).Length;

    /// <inheritdoc cref="MissingAt"/>
    public async Task<ImmutableArray<string>> AgenciesWithoutAt(DateTimeOffset instant, AgencyScope scope, CancellationToken cancellation)
    {
        var register = await _register.GetAsync(ReadEvery, cancellation, changes.Count);
        return FocalPointGaps.MissingAt(instant, FindFocalPoints.Reporting(catalogues.Current).Where(scope.Covers), register, time);
    }
}
