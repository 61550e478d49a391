namespace IocDashboard.Web.Surfaces.Shared.Charts;

/// <summary>
/// What is usual for a series by its own recent values: two robust standard deviations about the median, so that one flood
/// or one typing error does not become the norm.
/// </summary>
public sealed record NormalBand(decimal Low, decimal High)
{
    /// <summary>Fewer values than this show nothing about what is usual.</summary>
    public const int Least = 5;

    /// <summary>Makes the median absolute deviation of a normal distribution its standard deviation.</summary>
    private const decimal ToDeviation = 1.4826m;

    /// <summary>Null for a short series and for one that never moves.</summary>
    public static NormalBand? Of(IReadOnlyList<decimal> values)
    {
        if (values.Count < Least) return null;
        var median = Median(values);
        var spread = 2 * ToDeviation * Median([.. values.Select(v => Math.Abs(v - median))]);
        return spread == 0 ? null : new(median - spread, median + spread);
    }

    public bool Contains(decimal value) => value >= Low && value <= High;

    private static decimal Median(IReadOnlyList<decimal> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
