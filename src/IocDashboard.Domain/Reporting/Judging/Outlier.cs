namespace IocDashboard.Domain.Reporting;

/// <summary>
/// Whether a value stands out from its series' own past: the modified Z score of Iglewicz and Hoaglin (1993), |z| > 3.5.
/// Where more than half of the past is one value its median deviation is 0, and the scaled mean deviation stands in. No
/// spread is taken as smaller than one unit of the indicator's last decimal: that much is rounding.
/// </summary>
public static class Outlier
{
    /// <summary>Fewer earlier values say nothing; more than the most recent of these are not looked at.</summary>
    public const int FewestPoints = 8, MostPoints = 64;

    public const double Limit = 3.5;

    // The 0.75 quantile of the normal distribution, and sqrt(pi/2): both scale a deviation to its standard deviation.
    private const double MedianScale = 0.6745, MeanScale = 1.253314;

    /// <param name="history">Earlier values, oldest first; without gaps.</param>
    public static bool Is(decimal value, IReadOnlyList<decimal> history, int decimals) =>
        Score(value, history, decimals) is { } z && Math.Abs(z) > Limit;

    /// <summary>
    /// Whether the difference from the same period last year stands out from earlier such differences: what is usual for the
    /// season is no surprise, however far it lies from last month. A series of less than two years has too few of them.
    /// </summary>
    public static bool IsOfSeason(decimal value, SeasonalPast season, int decimals) => Is(value - season.YearAgo, season.Differences, decimals);

    /// <summary>Null when the past is too short.</summary>
    public static double? Score(decimal value, IReadOnlyList<decimal> history, int decimals)
    {
        var count = Math.Min(history.Count, MostPoints);
        if (count < FewestPoints) return null;
        Span<double> points = stackalloc double[MostPoints];
        points = points[..count];
        for (var i = 0; i < count; i++) points[i] = (double)history[history.Count - count + i];
        points.Sort();
        var median = MedianOf(points);
        var deviation = MedianDeviation(points, median);
        var scale = deviation > 0 ? deviation / MedianScale : MeanDeviation(points, median) * MeanScale;
        return ((double)value - median) / Math.Max(scale, Math.Pow(10, -decimals));
    }

    // Deviations from the median of sorted points grow on both sides of the middle, so the middle one is found by walking
    // outwards: no second sort, for a thousand values in each message.
    private static double MedianDeviation(Span<double> sorted, double median)
    {
        int left = (sorted.Length / 2) - 1, right = sorted.Length / 2;
        double before = 0, last = 0;
        for (var taken = 0; taken <= sorted.Length / 2; taken++)
        {
            before = last;
            last = right >= sorted.Length || (left >= 0 && median - sorted[left] <= sorted[right] - median)
                ? median - sorted[left--]
                : sorted[right++] - median;
        }

        return sorted.Length % 2 == 1 ? last : (before + last) / 2;
    }

    private static double MeanDeviation(Span<double> points, double median)
    {
        var sum = 0d;
        foreach (var point in points) sum += Math.Abs(point - median);
        return sum / points.Length;
    }

    private static double MedianOf(Span<double> sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
