using IocDashboard.Domain.Reporting;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Live.Board;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>
/// A small line of recent values on the band that is usual for them, ready as SVG in a box of <see cref="Width"/> × <see cref="Height"/>.
/// A gap stays a gap. The band is the middle 80 % of the earlier values.
/// </summary>
/// <param name="Path">Path data of the line; empty with fewer than two values.</param>
/// <param name="EndX">Place of the current value's dot; null when the current value is a gap.</param>
public sealed record Spark(string Path, double BandTop, double BandHeight, double? EndX, double EndY)
{
    public const double Width = 74, Height = 22;
    private const double Edge = 3, Top = 2.5, Bottom = 19.5;
    private const int Periods = 13, Hours = 25;

    public static readonly Spark Blank = new("", 0, 0, null, 0);

    public static Spark Of(Figure figure)
    {
        var points = figure.Recent;
        var shown = Math.Min(points.Length, figure.Indicator.Rhythm.IsStreamed() ? Hours : Periods);
        return Of(points.AsSpan()[(points.Length - shown)..]);
    }

    private static Spark Of(ReadOnlySpan<SeriesPoint> points)
    {
        var known = new List<double>(points.Length);
        foreach (var point in points)
        {
            if (point.Value is { } value) known.Add((double)value);
        }

        if (known.Count < 2) return Blank;
        double low = known.Min(), high = known.Max();
        var span = high - low;
        var path = new StringBuilder(points.Length * 11);
        var pen = false;
        for (var i = 0; i < points.Length; i++)
        {
            if (points[i].Value is not { } value)
            {
                pen = false;
                continue;
            }

            path.Append(pen ? 'L' : 'M').Append(Number(X(i, points.Length))).Append(' ').Append(Number(Y((double)value)));
            pen = true;
        }

        var earlier = known[..^1].Order().ToImmutableArray();
        double bandLow = Y(earlier[(int)(earlier.Length * 0.1)]), bandHigh = Y(earlier[(int)((earlier.Length - 1) * 0.9)]);
        double? endX = points[^1].Value is null ? null : X(points.Length - 1, points.Length);
        return new Spark(path.ToString(), Round(bandHigh), Round(Math.Max(1.5, bandLow - bandHigh)), endX is { } x ? Round(x) : null, Round(Y(known[^1])));

        double Y(double value) => span == 0 ? (Top + Bottom) / 2 : Bottom - ((value - low) / span * (Bottom - Top));
    }

    /// <summary>Decoration beside the numbers of its row (every value is in the indicator's table), so hidden from assistive technology.</summary>
    public MarkupString Draw(string pointClass)
    {
        if (Path.Length == 0) return default;
        var dot = EndX is { } x ? $"""<circle class="{pointClass}" cx="{Number(x)}" cy="{Number(EndY)}" r="2.4"/>""" : "";
        return new($"""<svg class="spark" viewBox="0 0 74 22" width="74" height="22" aria-hidden="true" focusable="false"><rect class="band" y="{Number(BandTop)}" width="74" height="{Number(BandHeight)}"/><path class="ln" d="{Path}"/>{dot}</svg>""");
    }

    private static double X(int index, int count) => count == 1 ? Width - Edge : Edge + (index * (Width - (2 * Edge)) / (count - 1));

    private static double Round(double value) => Math.Round(value, 1);

    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
