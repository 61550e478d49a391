using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Shared.Charts;

/// <summary>
/// A small line over time in a box of 100 × 40, its last point marked, on the band of what is normal for the series.
/// A gap stays a gap. Coordinates are text, so that two equal drawings are equal values.
/// </summary>
/// <param name="Line">The path of the line.</param>
/// <param name="Dot">Where the line ends: a zero-length stroke with round caps.</param>
/// <param name="BandTop">Top of the normal band; null when the series is too short, or cumulative, to have one.</param>
public sealed record Sparkline(string Line, string Dot, string? BandTop, string? BandHeight)
{
    private const double Left = 1, Right = 97, Top = 2.8, Bottom = 37.2;

    public static Sparkline? Of(ImmutableArray<SeriesPoint> points, bool cumulative)
    {
        var known = points.Where(p => p.Value is not null).ToList();
        if (known.Count < 2) return null;
        var band = cumulative ? null : NormalBand.Of([.. points.Take(points.Length - 1).Where(p => p.Value is not null).Select(p => p.Value!.Value)]);
        var (low, high) = (known.Min(p => p.Value!.Value), known.Max(p => p.Value!.Value));
        if (band is { } b)
        {
            // The band may widen the scale by a third of the line's own range, no more: the line is what is looked at.
            var room = (high - low) / 3;
            (low, high) = (Math.Min(low, Math.Max(b.Low, low - room)), Math.Max(high, Math.Min(b.High, high + room)));
        }

        var scale = new Scale(points[0].Key, points[^1].Key, low, high);
        return new(
            Path(points, scale), $"M{scale.X(known[^1].Key)} {scale.Y(known[^1].Value!.Value)}h.01",
            band is { } top ? Text(scale.At(top.High)) : null,
            band is { } height ? Text(scale.At(height.Low) - scale.At(height.High)) : null);
    }

    private static string Path(ImmutableArray<SeriesPoint> points, Scale scale)
    {
        var path = new StringBuilder();
        var isOpen = false;
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i].Value is not { } value)
            {
                isOpen = false;
                continue;
            }

            path.Append(isOpen ? 'L' : 'M').Append(scale.X(points[i].Key)).Append(' ').Append(scale.Y(value));
            var isAlone = !isOpen && (i + 1 == points.Length || points[i + 1].Value is null);
            if (isAlone) path.Append("h.01");
            isOpen = true;
        }

        return path.ToString();
    }

    private static string Text(double coordinate) => coordinate.ToString("0.0", CultureInfo.InvariantCulture);

    private sealed record Scale(DateTimeOffset From, DateTimeOffset To, decimal Low, decimal High)
    {
        public string X(DateTimeOffset key) => Text(From == To ? Right : Left + ((Right - Left) * ((key - From) / (To - From))));

        public string Y(decimal value) => Text(At(value));

        public double At(decimal value) => High == Low
            ? (Top + Bottom) / 2
            : Math.Clamp(Bottom - ((Bottom - Top) * (double)((value - Low) / (High - Low))), Top, Bottom);
    }
}
