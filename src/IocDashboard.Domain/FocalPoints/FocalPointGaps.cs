using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.FocalPoints;

/// <summary>An agency that reports and has named nobody is itself a fault (article 9.3a).</summary>
public static class FocalPointGaps
{
    /// <summary>Those that have no principal at the instant, in the order given. A deputy alone does not answer for an agency.</summary>
    /// <param name="reporting">Agencies with assigned forms or feeds.</param>
    public static ImmutableArray<string> MissingAt(
        DateTimeOffset instant, IEnumerable<string> reporting, IEnumerable<FocalPoint> focalPoints, ProvinceTime time)
    {
        var day = time.DayOf(instant);
        var covered = focalPoints.Where(f => f.Kind == FocalPointKind.Principal && f.IsValidOn(day)).Select(f => f.Agency).ToHashSet(StringComparer.Ordinal);
        return [.. reporting.Where(agency => !covered.Contains(agency))];
    }
}
