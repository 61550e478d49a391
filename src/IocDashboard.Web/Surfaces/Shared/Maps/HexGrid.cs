using System.Globalization;

namespace IocDashboard.Web.Surfaces.Shared.Maps;

/// <summary>
/// Pointy-top hexagons, 100 wide, odd rows shifted right by half: the places of the area register's map columns and rows.
/// Each side is inset by 2, so that neighbours keep a gap.
/// </summary>
public static class HexGrid
{
    public const double Width = 100;
    private const double Inset = 2;

    /// <summary>From the centre to a corner.</summary>
    public static readonly double Radius = Width / Math.Sqrt(3);

    public static (double X, double Y) Centre(int column, int row) =>
        (Width * (column + 0.5 + (row % 2 == 1 ? 0.5 : 0)), Radius * (1 + (1.5 * row)));

    /// <summary>The six corners from the top on, clockwise, as SVG points.</summary>
    public static string Points(double x, double y)
    {
        var half = (Width / 2) - Inset;
        var radius = half * 2 / Math.Sqrt(3);
        (double X, double Y)[] corners =
        [
            (x, y - radius), (x + half, y - (radius / 2)), (x + half, y + (radius / 2)),
            (x, y + radius), (x - half, y + (radius / 2)), (x - half, y - (radius / 2)),
        ];
        return string.Join(' ', corners.Select(c => $"{Text(c.X)},{Text(c.Y)}"));
    }

    public static string Text(double coordinate) => coordinate.ToString("0.0", CultureInfo.InvariantCulture);
}
