using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Alerts;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>
/// One river gauge against its flood alarms. All gauges share a scale on which alarm I and alarm III stand at the same
/// place, so that rivers of different depth compare.
/// </summary>
/// <param name="Value">Null when the gauge is lost.</param>
/// <param name="Age">Of its own measurement: gauges of one panel do not report together.</param>
/// <param name="Bar">Percent of the track.</param>
/// <param name="Tick2">Where alarm II stands, percent.</param>
public sealed record RiverRow(
    string Name, string Status, bool IsLate, Mark? Mark, string? Value, string? Machine, string Bar, string Tick2, AgeMark? Age, AgeMark? Gone)
{
    /// <summary>The kind of an area that is a river gauge.</summary>
    public const string StationKind = "river_station";

    /// <summary>Places of alarms I and III on every track, percent.</summary>
    public const double Alarm1 = 52, Alarm3 = 92;

    /// <summary>Worst first: by alarm reached, then by how near the next one is.</summary>
    public static ValueList<RiverRow> Of(BoardState board, int rows, CultureInfo culture, DateTimeOffset now)
    {
        var gauges = board.Figures.Values
            .Where(f => f.Area.Kind == StationKind && f.Indicator.Thresholds is { Warning: not null, Critical: not null, Extreme: not null })
            .Select(f => (Figure: f, State: FigureState.Of(f, now), At: Place(f)))
            .OrderByDescending(g => g.State.IsKnown ? (int)g.Figure.Severity : (int)Severity.Normal)
            .ThenByDescending(g => g.State.IsKnown ? g.At : g.Figure.TimeKey is null ? -2 : Alarm1)
            .ThenBy(g => g.Figure.Indicator.Code, StringComparer.Ordinal);
        return new(gauges.Take(rows).Select(g => Row(g.Figure, g.State, g.At, culture, now)));
    }

    private static RiverRow Row(Figure figure, FigureState state, double at, CultureInfo culture, DateTimeOffset now)
    {
        var limits = figure.Indicator.Thresholds;
        var mark = state switch
        {
            { IsAbnormal: true } => new Mark(state.Status == "warning" ? "warning" : "critical", SurfaceText.Get($"Status.{state.Status}", culture)),
            { DatumShape: { } datum } => new Mark(datum, SurfaceText.Get(datum == "late" ? "Fresh.late" : $"Figure.{state.Figure}", culture)),
            _ => null,
        };
        var gone = !state.IsKnown && figure.TimeKey is { } last ? AgeMark.Of(last, now, culture, WallText.Get("Feeds.Lost", culture)) : null;
        return new(
            figure.Area.ShortName.In(culture), state.Status, state.Fresh == "late", mark,
            state.IsKnown ? NumberText.Plain(figure.Value!.Value, figure.Indicator.Decimals, culture) : null,
            state.IsKnown ? NumberText.Machine(figure.Value!.Value) : null,
            Text(state.IsKnown ? at : 0), Text(Scaled(limits.Critical!.Value, limits.Warning!.Value, limits.Extreme!.Value)),
            state.IsKnown && figure.TimeKey is { } measured ? AgeMark.Of(measured, now, culture) : null, gone);
    }

    private static double Place(Figure figure) => figure is { Value: { } value, Indicator.Thresholds: { Warning: { } one, Extreme: { } three } }
        ? Math.Clamp(Scaled(value, one, three), 1, 100)
        : 0;

    private static double Scaled(decimal value, decimal one, decimal three) => value >= one
        ? Alarm1 + ((Alarm3 - Alarm1) * (double)((value - one) / (three - one)))
        : Alarm1 * (double)(value / one);

    private static string Text(double percent) => percent.ToString("0.0", CultureInfo.InvariantCulture);
}
