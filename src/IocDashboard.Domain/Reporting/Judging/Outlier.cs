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

        var sum = 0d;
        for (var i = 0; i < count; i++)
        {
            points[i] = Math.Abs(points[i] - median);
            sum += points[i];
        }

        points.Sort();
        var deviation = MedianOf(points);
        var scale = deviation > 0 ? deviation / MedianScale : sum / count * MeanScale;
        return ((double)value - median) / Math.Max(scale, Math.Pow(10, -decimals));
    }

    private static double MedianOf(Span<double> sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
