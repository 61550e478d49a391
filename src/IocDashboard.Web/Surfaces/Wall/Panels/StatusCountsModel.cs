using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>How many indicators are in each abnormal state; a state that none is in is left out.</summary>
public sealed record StatusCountsModel(string Label, ValueList<StatusCount> Counts)
{
    private static readonly string[] Shown = ["critical", "warning", "late", "missing", "returned", "lost"];

    public static StatusCountsModel Of(IReadOnlyCollection<FigureState> indicators, CultureInfo culture)
    {
        var counts = Shown.Select(kind => new StatusCount(
            kind, indicators.Count(i => Is(i, kind)).ToString(culture), WallText.Get($"Counts.{kind}", culture)));
        return new(WallText.Format("Counts.Label", culture, indicators.Count), new(counts.Where(c => c.Number != "0")));
    }

    private static bool Is(FigureState state, string kind) => kind switch
    {
        "critical" => state.Status is "critical" or "extreme",
        "warning" => state.Status == "warning",
        "late" => state.Fresh == "late",
        "missing" => state.Figure is "missing" or "none",
        _ => state.Figure == kind,
    };
}

public sealed record StatusCount(string Kind, string Number, string Word);
