using IocDashboard.Domain.FocalPoints;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary>
/// How many agencies have no focal point. One reading of the register for all open consoles of this node: anew when one was
/// written here, and each minute. A reading that failed is not tried again before that either.
/// </summary>
public sealed class FocalPointCount(FindFocalPoints find, FocalPointChanges changes, CatalogueCache catalogues, ProvinceTime time, TimeProvider clock)
{
    public static readonly TimeSpan ReadEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private Reading? _last;

    /// <summary>Agencies within the scope that owe reports or measurements and have no principal at the instant.</summary>
    public async Task<int> MissingAt(DateTimeOffset instant, AgencyScope scope, CancellationToken cancellation)
    {
        var register = await Read().WaitAsync(cancellation);
        return FocalPointGaps.MissingAt(instant, FindFocalPoints.Reporting(catalogues.Current).Where(scope.Covers), register, time).Length;
    }

    private Task<IReadOnlyList<FocalPoint>> Read()
    {
        lock (_gate)
        {
            var (now, written) = (clock.GetUtcNow(), changes.Count);
            // Whoever asks first reads for all: it does not end with their page.
            if (_last is not { } last || last.Written != written || now - last.At >= ReadEvery)
                _last = last = new(find.Handle(AgencyScope.All, CancellationToken.None), written, now);
            return last.Register;
        }
    }

    private sealed record Reading(Task<IReadOnlyList<FocalPoint>> Register, int Written, DateTimeOffset At);
}
