namespace IocDashboard.Benchmarks.Running;

internal static class Statistics
{
    /// <summary>Linear between the two nearest samples. <paramref name="at"/> is in [0,1].</summary>
    public static double Quantile(this IReadOnlyCollection<double> samples, double at)
    {
        if (samples.Count == 0) return double.NaN;
        var sorted = samples.Order().ToArray();
        var place = at * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    public static double Median(this IReadOnlyCollection<double> samples) => samples.Quantile(0.5);

    /// <summary>Rise per unit of x, by least squares.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        return points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
    }

    /// <summary>Three significant digits: more would be noise.</summary>
    public static double Round(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return 0;
        var scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return (double)((decimal)Math.Round(value / scale) * (decimal)scale);
    }
}
