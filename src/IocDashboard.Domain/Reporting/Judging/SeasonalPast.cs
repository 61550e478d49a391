using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>What the seasonal test of a cell needs: its value a year ago, and the earlier differences between a value and the one a year before it.</summary>
/// <param name="Differences">Without gaps; their order says nothing.</param>
public sealed record SeasonalPast(decimal YearAgo, IReadOnlyList<decimal> Differences)
{
    /// <summary>A year of weeks, two of months, and of quarters as many as there are.</summary>
    public const int MostDifferences = 52;

    /// <summary>
    /// Days have no season of their own: the same date last year is another day of the week. Half-years and years would take a decade.
    /// </summary>
    public static bool Concerns(Rhythm rhythm) => rhythm is Rhythm.Weekly or Rhythm.Monthly or Rhythm.Quarterly;

    /// <summary>The earliest period whose figure is looked at.</summary>
    public static ReportingPeriod EarliestFor(ReportingPeriod period)
    {
        var twoYearsAgo = period.SamePeriodLastYear.SamePeriodLastYear;
        return period.Rhythm == Rhythm.Weekly ? twoYearsAgo : twoYearsAgo.SamePeriodLastYear;
    }

    /// <summary>Null for a series that does not reach back two years.</summary>
    public static SeasonalPast? Of(ReportingPeriod period, Func<ReportingPeriod, decimal?> valueOf)
    {
        var twoYearsAgo = period.SamePeriodLastYear.SamePeriodLastYear;
        if (valueOf(period.SamePeriodLastYear) is not { } yearAgo || valueOf(twoYearsAgo) is null) return null;
        var differences = new List<decimal>();
        for (var earlier = period.Previous; earlier >= twoYearsAgo && differences.Count < MostDifferences; earlier = earlier.Previous)
            if (valueOf(earlier) is { } value && valueOf(earlier.SamePeriodLastYear) is { } before) differences.Add(value - before);
        return new(yearAgo, differences);
    }
}
