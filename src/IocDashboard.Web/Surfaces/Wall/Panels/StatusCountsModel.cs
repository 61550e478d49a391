using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>How many indicators are in each abnormal state; a state that none is in is left out. The console counts series, which are many more.</summary>
/// <param name="Total">Of how many.</param>
/// <param name="Of">Of what: indicators.</param>
public sealed record StatusCountsModel(string Label, string Total, string Of, ValueList<StatusCount> Counts)
{
    private static readonly string[] Shown = ["critical", "warning", "late", "missing", "withheld", "returned", "lost"];

    public static StatusCountsModel From(IReadOnlyCollection<FigureState> indicators, CultureInfo culture)
    {
        var counts = Shown.Select(kind => new StatusCount(
            kind, indicators.Count(i => Is(i, kind)).ToString(culture), WallText.Get($"Counts.{kind}", culture)));
        return new(WallText.Format("Counts.Label", culture, indicators.Count), indicators.Count.ToString(culture), WallText.Get("Counts.Of", culture), new(counts.Where(c => c.Number != "0")));
    }

    /// <summary>Only of what is wrong with the data themselves, not with the world that they tell of.</summary>
    public static StatusCountsModel OfData(IReadOnlyCollection<FigureState> indicators, CultureInfo culture)
    {
        var all = From(indicators, culture);
        return all with { Counts = new(all.Counts.Where(c => c.Kind is not ("critical" or "warning"))) };
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
