using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>A group's name and a tick for each of its indicators, also those without a tile: tall is abnormal.</summary>
/// <param name="Ticks"><c>normal</c>, <c>warning</c>, <c>critical</c>, <c>extreme</c>, <c>late</c>, <c>returned</c>, <c>missing</c>, <c>lost</c>.</param>
public sealed record GroupHeadModel(string Name, string Label, ValueList<string> Ticks)
{
    public static GroupHeadModel Of(OverviewGroup group, IEnumerable<FigureState> indicators, CultureInfo culture)
    {
        var ticks = new ValueList<string>(indicators.Select(Tick));
        return new(
            WallText.Get($"Group.{group.Number}", culture),
            WallText.Format("Group.Ticks", culture, ticks.Count, ticks.Count(IsTall)), ticks);
    }

    public static bool IsTall(string tick) => tick is "warning" or "critical" or "extreme";

    private static string Tick(FigureState state) => state switch
    {
        { IsAbnormal: true } => state.Status,
        { DatumShape: { } datum } => datum,
        _ => "normal",
    };
}
