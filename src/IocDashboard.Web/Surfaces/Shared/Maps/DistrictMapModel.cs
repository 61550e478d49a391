using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Shared.Maps;

/// <summary>One indicator over the districts, a hexagon each. Normal has two neutral steps; colour means abnormal.</summary>
public sealed record DistrictMapModel(
    string Title, string Unit, string Source, AgeMark? Age, string Label,
    ValueList<Hexagon> Hexagons, ValueList<LegendEntry> Neutral, ValueList<LegendEntry> Abnormal)
{
    public static DistrictMapModel Of(BoardState board, string code, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        if (!board.Catalogue.Indicators.TryGetValue(code, out var indicator))
            return new("", "", "", null, "", new([]), new([]), new([]));
        var districts = board.Catalogue.AreaList.Where(a => a is { IsDistrict: true, MapColumn: not null, MapRow: not null }).ToImmutableArray();
        var figures = districts.Select(d => board.Find(code, d.Code)).ToImmutableArray();
        var newest = figures.OfType<Figure>().Where(f => f.TimeKey is not null).MaxBy(f => f.TimeKey);
        var name = indicator.ShortName.In(culture);
        var period = newest?.Period is { } reported ? PeriodText.Short(reported, time.DayOf(now), culture) : null;
        var agency = board.Catalogue.Agencies.TryGetValue(indicator.Agency, out var responsible) ? responsible.ShortName.In(culture) : indicator.Agency;
        var hexagons = districts.Select((d, i) => Hexagon.Of(d, figures[i], Step(indicator, figures[i]?.Value), culture, now));
        var (neutral, abnormal) = Legend(indicator, culture);
        return new(
            SurfaceText.Format("Map.Title", culture, name), indicator.Unit.In(culture),
            string.Join(SurfaceText.Get("Foot.Between", culture), new[] { agency, period }.OfType<string>()),
            newest?.AgeFrom is { } from ? AgeMark.Of(from, now, culture) : null,
            SurfaceText.Format("Map.Label", culture, name), new(hexagons), neutral, abnormal);
    }

    /// <summary>The two neutral steps: at or beyond the target, and short of it without being abnormal.</summary>
    private static int Step(Indicator indicator, decimal? value) => indicator switch
    {
        { Thresholds.TargetLow: not { } } => 0,
        { Direction: Direction.Higher, Thresholds.TargetLow: { } target } => value >= target ? 0 : 1,
        { Direction: Direction.Lower, Thresholds.TargetLow: { } target } => value <= target ? 0 : 1,
        _ => 0,
    };

    private static (ValueList<LegendEntry> Neutral, ValueList<LegendEntry> Abnormal) Legend(Indicator indicator, CultureInfo culture)
    {
        var limits = indicator.Thresholds;
        var higher = indicator.Direction == Direction.Higher;
        List<LegendEntry> neutral = [], abnormal = [];
        if (limits.TargetLow is { } target)
        {
            neutral.Add(new("n0", SurfaceText.Format(higher ? "Map.AtLeast" : "Map.AtMost", culture, Number(target))));
            if (limits.Warning is { } limit && limit != target)
                neutral.Add(new("n1", SurfaceText.Format("Map.Between", culture, Number(Math.Min(target, limit)), Number(Math.Max(target, limit)))));
        }

        if (limits.Warning is { } warning) abnormal.Add(new("warning", SurfaceText.Format(higher ? "Map.Below" : "Map.AtLeast", culture, Number(warning))));
        if (limits.Critical is { } critical) abnormal.Add(new("critical", SurfaceText.Format(higher ? "Map.Below" : "Map.AtLeast", culture, Number(critical))));
        abnormal.Add(new("missing", SurfaceText.Get("Map.None", culture)));
        return (new(neutral), new(abnormal));

        string Number(decimal value) => NumberText.Trimmed(value, indicator.Decimals, culture);
    }
}

/// <summary><paramref name="Key"/> is <c>n0</c>, <c>n1</c> or a shape of the sprite.</summary>
public sealed record LegendEntry(string Key, string Text);

/// <summary>A district on the map, every coordinate ready.</summary>
/// <param name="Status"><c>n0</c>, <c>n1</c>, <c>warning</c>, <c>critical</c>, <c>extreme</c>, <c>missing</c>, <c>lost</c>.</param>
public sealed record Hexagon(
    string Code, string Status, bool IsLate, string Points, string X,
    ValueList<HexLine> Lines, string Value, string ValueX, string ValueY, string? Mark)
{
    private const double ValueSize = 26, MarkWidth = 22, LineStep = 24;

    public static Hexagon Of(Area area, Figure? figure, int step, CultureInfo culture, DateTimeOffset now)
    {
        FigureState? state = figure is null ? null : FigureState.Of(figure, now);
        var status = state switch
        {
            null => "missing",
            { IsKnown: false } known => known.DatumShape!,
            { IsAbnormal: true } abnormal => abnormal.Status,
            _ => $"n{step}",
        };
        var value = state is { IsKnown: true } ? NumberText.Plain(figure!.Value!.Value, Math.Min(1, figure.Indicator.Decimals), culture) : "—";
        return Of(area, status, value, culture, state is { Fresh: "late" });
    }

    /// <summary>One whose value is no indicator's.</summary>
    public static Hexagon Of(Area area, string status, string value, CultureInfo culture, bool isLate = false)
    {
        var (x, y) = HexGrid.Centre(area.MapColumn!.Value, area.MapRow!.Value);
        var mark = status switch { "warning" => "warning", "critical" or "extreme" => "critical", _ => null };
        var names = Break(area.ShortName.In(culture));
        var top = names.Length == 1 ? y - 9 : y - 21;
        var valueY = names.Length == 1 ? y + 25 : y + 33;
        var shift = mark is null ? 0 : MarkWidth / 2;
        return new(
            area.Code, status, isLate, HexGrid.Points(x, y), HexGrid.Text(x),
            new(names.Select((name, i) => new HexLine(name, HexGrid.Text(top + (i * LineStep))))),
            value, HexGrid.Text(x + shift), HexGrid.Text(valueY),
            mark is null ? null : MarkPath(mark, x + shift - (TextWidth.OfFigures(value, ValueSize) / 2) - (MarkWidth / 2), valueY - 10));
    }

    /// <summary>Two words stand under each other; of three, the second line takes the last two.</summary>
    private static string[] Break(string name)
    {
        if (TextWidth.OfText(name, 22) <= 84) return [name];
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? [name] : [name[..space], name[(space + 1)..]];
    }

    private static string MarkPath(string mark, double x, double y) => mark == "warning"
        ? $"M{HexGrid.Text(x)} {HexGrid.Text(y - 9)}l10 18h-20Z"
        : $"M{HexGrid.Text(x)} {HexGrid.Text(y - 10)}l10 10-10 10-10-10Z";
}

public sealed record HexLine(string Text, string Y);
