using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>
/// A change against an earlier value: in the figure's own unit, or relative (<see cref="IsRelative"/>, 0.031 for +3,1 %).
/// Percentages change by points, and a small base makes a percentage meaningless: both stay absolute.
/// </summary>
public readonly record struct FigureChange(decimal Amount, bool IsRelative)
{
    /// <summary>Below this base a change is told in the unit.</summary>
    public const decimal SmallBase = 10m;

    public static FigureChange? Between(Indicator indicator, decimal? now, decimal? earlier)
    {
        if (now is not { } value || earlier is not { } from) return null;
        var change = value - from;
        return indicator.Unit.Vi is "%" or "‰" || Math.Abs(from) < SmallBase
            ? new(change, false)
            : new(change / Math.Abs(from), true);
    }

    /// <summary>For sorting: relative to the base when there is one, so that units do not mix.</summary>
    public static double? Rank(decimal? value, decimal? earlier) =>
        value is { } v && earlier is { } e ? (double)(v - e) / Math.Max(1, Math.Abs((double)e)) : null;

    /// <summary>
    /// True when the last step of the series lies outside its own band: twice the usual (root mean square) step of those before.
    /// Fewer than six earlier steps are no band.
    /// </summary>
    public static bool IsUnusual(Figure figure, decimal? earlier)
    {
        if (figure.Value is not { } value || earlier is not { } from || figure.Recent.Length < 8) return false;
        double sum = 0;
        var steps = 0;
        for (var i = 1; i < figure.Recent.Length - 1; i++)
        {
            if (figure.Recent[i].Value is not { } b || figure.Recent[i - 1].Value is not { } a) continue;
            var step = (double)(b - a);
            sum += step * step;
            steps++;
        }

        return steps >= 6 && Math.Abs((double)(value - from)) > 2 * Math.Sqrt(sum / steps) && value != from;
    }
}
