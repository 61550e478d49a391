using System.Globalization;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Maps;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>The districts by the part of what they owed that came in time, in thirty days. Who owed nothing is hollow.</summary>
public static class TimelinessMap
{
    public static DistrictMapModel Of(BoardState board, CultureInfo culture)
    {
        var rates = (board.Discipline?.Agencies ?? []).Where(a => a.Now.OnTimeRate is not null)
            .ToDictionary(a => a.Agency, a => TimelinessLevel.Percent(a.Now.OnTimeRate!.Value, 1), StringComparer.Ordinal);
        var hexagons = board.Catalogue.AreaList.Where(a => a is { IsDistrict: true, MapColumn: not null, MapRow: not null }).Select(a => rates.TryGetValue(a.Code, out var percent)
            ? Hexagon.Of(a, TimelinessLevel.Of(percent), TimelinessLevel.Text(percent, culture), culture)
            : Hexagon.Of(a, "missing", "—", culture));
        const int critical = TimelinessLevel.Critical, warning = TimelinessLevel.Warning, target = TimelinessLevel.Target;
        return new(
            WallText.Get("TimelinessMap.Title", culture), "%", WallText.Get("Discipline.Window", culture), Age: null, WallText.Get("TimelinessMap.Label", culture), new(hexagons),
            new([new("n0", SurfaceText.Format("Map.AtLeast", culture, target)), new("n1", SurfaceText.Format("Map.Between", culture, warning, target))]),
            new([
                new("warning", SurfaceText.Format("Map.Below", culture, warning)), new("critical", SurfaceText.Format("Map.Below", culture, critical)),
                new("missing", WallText.Get("TimelinessMap.None", culture)),
            ]));
    }
}
