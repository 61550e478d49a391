using System.Globalization;
using System.Text;
using IocDashboard.Web.Features.Timeliness;

namespace IocDashboard.Web.Surfaces.Shared.Charts;

/// <summary>Each month's punctuality as a point, joined to a tick at the province's own. The page of results says the same as a table.</summary>
public static class PunctualityChart
{
    public const int Width = 356, Height = 128;

    // A scale that began at 0 would show nothing of 92 beside 96; it begins at 70 or below the lowest point, and says so.
    private const double Left = 30, Right = 350, Top = 8, Bottom = 106, UsualFloor = 70, Ceiling = 100;
    private const int Steps = 3;

    public static string Draw(IReadOnlyList<MeasuredMonth> months)
    {
        var lowest = months.SelectMany(m => new[] { m.Own.OnTimeRate, m.All.OnTimeRate }).OfType<decimal>().Select(r => (double)r * Ceiling).DefaultIfEmpty(Ceiling).Min();
        var floor = Math.Min(UsualFloor, Math.Floor(lowest / 10) * 10);
        var svg = new StringBuilder();
        for (var i = 0; i <= Steps; i++)
        {
            var level = floor + ((Ceiling - floor) * i / Steps);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"gl\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Y(level):0.#}\" y2=\"{Y(level):0.#}\"/><text class=\"tx e\" x=\"{Left - 6}\" y=\"{Y(level) + 4:0.#}\">{level:0}</text>");
        }

        var width = (Right - Left) / months.Count;
        for (var i = 0; i < months.Count; i++)
        {
            var (x, own, all) = (Left + (width * (i + 0.5)), Percent(months[i].Own.OnTimeRate), Percent(months[i].All.OnTimeRate));
            if (own is { } from && all is { } to) svg.Append(CultureInfo.InvariantCulture, $"<line class=\"db\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{Y(from):0.#}\" y2=\"{Y(to):0.#}\"/>");
            if (all is { } mean) svg.Append(CultureInfo.InvariantCulture, $"<line class=\"av-t\" x1=\"{x - 5:0.#}\" x2=\"{x + 5:0.#}\" y1=\"{Y(mean):0.#}\" y2=\"{Y(mean):0.#}\"/>");
            if (own is { } value) svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"own\" cx=\"{x:0.#}\" cy=\"{Y(value):0.#}\" r=\"4\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tx m\" x=\"{x:0.#}\" y=\"122\">{months[i].Month.Ordinal}</text>");
        }

        return svg.ToString();

        double Y(double percent) => Bottom - ((percent - floor) / (Ceiling - floor) * (Bottom - Top));

        static double? Percent(decimal? rate) => rate is { } r ? (double)r * Ceiling : null;
    }
}
