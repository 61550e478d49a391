using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Shared.Tiles;

/// <summary>
/// The one figure that stands for an indicator: the province's own, else the worst of its places. Worst is by severity,
/// then a place that fell silent, then the value furthest in the bad direction.
/// </summary>
/// <param name="IsOneOfSeveral">True when the reader must be told which place it is.</param>
public sealed record Representative(Figure Figure, bool IsOneOfSeveral)
{
    /// <summary>By indicator code; an indicator without any series is left out.</summary>
    public static Dictionary<string, Representative> All(BoardState board, DateTimeOffset now)
    {
        var chosen = new Dictionary<string, Representative>(board.Catalogue.IndicatorList.Length, StringComparer.Ordinal);
        foreach (var figure in board.Figures.Values)
        {
            var code = figure.Indicator.Code;
            if (figure.Area.Code == Area.ProvinceCode) chosen[code] = new(figure, false);
            else if (!chosen.TryGetValue(code, out var held)) chosen[code] = new(figure, false);
            else if (held.Figure.Area.Code != Area.ProvinceCode) chosen[code] = new(Worse(held.Figure, figure, now), true);
        }

        return chosen;
    }

    private static Figure Worse(Figure left, Figure right, DateTimeOffset now)
    {
        var (rankLeft, rankRight) = (Rank(left, now), Rank(right, now));
        if (rankLeft != rankRight) return rankLeft > rankRight ? left : right;
        var (valueLeft, valueRight) = (Badness(left), Badness(right));
        if (valueLeft != valueRight) return valueLeft > valueRight ? left : right;

        // A tie is settled for good, or the tile would flicker between two places.
        return string.CompareOrdinal(left.Area.Code, right.Area.Code) <= 0 ? left : right;
    }

    private static int Rank(Figure figure, DateTimeOffset now) => FigureState.Of(figure, now) switch
    {
        { Status: "extreme" } => 5,
        { Status: "critical" } => 4,
        { Status: "warning" } => 3,
        { IsKnown: false } when figure.TimeKey is not null => 2,
        { IsKnown: true } => 1,
        _ => 0,
    };

    private static decimal Badness(Figure figure) => figure.Value switch
    {
        null => decimal.MinValue,
        { } value when figure.Indicator.Direction == Direction.Higher => -value,
        { } value => value,
    };
}
