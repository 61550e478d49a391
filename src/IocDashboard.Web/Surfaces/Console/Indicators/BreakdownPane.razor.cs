using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Maps;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>The same indicator in its other places: districts on the map, and every place in a list, worst first.</summary>
public sealed partial class BreakdownPane
{
    private ValueList<Place> _places = new([]);
    private ValueList<Hex> _hexagons = new([]);
    private string _low = "", _high = "";
    private (ValueList<Place>, ValueList<Hex>)? _drawn;
    private (BoardState, long)? _of;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    /// <summary>The figure that the page is about.</summary>
    [Parameter, EditorRequired]
    public required Figure Figure { get; set; }

    /// <summary>What the list is by: some indicators are reported by departments and districts alike.</summary>
    private string Heading => Figure.Indicator.Breakdown == Breakdown.Agency ? "Break.Agencies" : _hexagons.Count > 0 ? "Break.Districts" : "Break.Places";

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    protected override void OnParametersSet()
    {
        var of = (Moment.Board, Moment.Now.ToUnixTimeSeconds());
        if (_of == of && _places.Any(p => p.IsShown && p.Code == Figure.Area.Code)) return;
        _of = of;
        var figures = Moment.Board.Figures.Values.Where(f => f.Indicator.Code == Figure.Indicator.Code).ToList();
        var places = figures.Select(f => (Figure: f, Place: PlaceOf(f))).ToList();
        _places = new(places.OrderBy(p => FigureStates.Urgency(p.Figure, p.Place.Age)).ThenBy(p => Badness(p.Figure)).ThenBy(p => p.Figure.SeriesId).Select(p => p.Place));
        var districts = places.Where(p => p.Figure.Area is { IsDistrict: true, MapColumn: not null, MapRow: not null }).ToList();
        _hexagons = new(HexagonsOf(districts));
    }

    protected override bool ShouldRender()
    {
        if (_drawn == (_places, _hexagons)) return false;
        _drawn = (_places, _hexagons);
        return true;
    }

    private Place PlaceOf(Figure figure)
    {
        var age = figure.AgeAt(Moment.Now);
        var state = FigureStates.Of(figure, age);
        return new Place(
            figure.Area.Code, figure.Area.Code == Area.ProvinceCode ? T("Area.Province") : figure.Area.Name.In(Culture), state, T(Marks.NameOf(state)),
            state is FigureState.Lost or FigureState.Missing || figure.Value is null ? FigureText.None : NumberText.Plain(figure.Value.Value, figure.Indicator.Decimals, Culture),
            age, FigureRowView.AgeOf(figure, age, Moment.Now, Culture),
            ConsoleLinks.Indicator(figure.Indicator.Code, figure.Area.Code, Moment.AsOf), figure.SeriesId == Figure.SeriesId);
    }

    /// <summary>Smaller is worse: low values where higher is good, high ones where lower is.</summary>
    private static decimal Badness(Figure figure) => figure.Value is not { } value ? decimal.MaxValue : figure.Indicator.Direction == Direction.Higher ? value : -value;

    private IEnumerable<Hex> HexagonsOf(List<(Figure Figure, Place Place)> districts)
    {
        var values = districts.Where(d => d.Place.Value != FigureText.None).Select(d => d.Figure.Value!.Value).ToList();
        decimal low = values.Count == 0 ? 0 : values.Min(), high = values.Count == 0 ? 0 : values.Max();
        (_low, _high) = (NumberText.Plain(low, Figure.Indicator.Decimals, Culture), NumberText.Plain(high, Figure.Indicator.Decimals, Culture));
        return districts.Select(d =>
        {
            var (x, y) = HexGrid.Centre(d.Figure.Area.MapColumn!.Value, d.Figure.Area.MapRow!.Value);
            var level = d.Place.Value == FigureText.None || high == low ? 0 : (int)Math.Min(4, (d.Figure.Value!.Value - low) * 5 / (high - low));
            return new Hex(
                d.Place, Short(d.Figure.Area.ShortName.In(Culture)), HexGrid.Points(x, y), HexGrid.Text(x), HexGrid.Text(y - 4), HexGrid.Text(y + 24), level, StyleOf(d.Place), MarkOf(d.Place.State, x, y - 34));
        });
    }

    private static string StyleOf(Place place) => (place.IsShown ? "hx-sel " : "") + place.State switch
    {
        FigureState.Warning => "hx-warn",
        FigureState.Critical or FigureState.Extreme => "hx-crit",
        FigureState.Lost or FigureState.Missing => "hx-lost",
        _ => "",
    };

    private static string? MarkOf(FigureState state, double x, double y) => state switch
    {
        FigureState.Warning => $"M{HexGrid.Text(x)} {HexGrid.Text(y - 9)}l10 18h-20Z",
        FigureState.Critical or FigureState.Extreme => $"M{HexGrid.Text(x)} {HexGrid.Text(y - 10)}l10 10-10 10-10-10Z",
        _ => null,
    };

    /// <summary>Three words do not fit a hexagon: Bắc Trà My is B. Trà My.</summary>
    private static string Short(string name)
    {
        if (name.Length <= 9) return name;
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? name : $"{name[0]}. {name[(space + 1)..]}";
    }

    private string Limit(decimal limit) =>
        T(Figure.Indicator.Direction == Direction.Higher ? "Break.Below" : "Break.From", NumberText.Trimmed(limit, Math.Max(2, Figure.Indicator.Decimals), Culture));

    private sealed record Place(string Code, string Name, FigureState State, string Word, string Value, AgeClass Age, string AgeText, string Href, bool IsShown);

    private sealed record Hex(Place Place, string Name, string Points, string X, string NameY, string ValueY, int Level, string Style, string? Mark);
}
