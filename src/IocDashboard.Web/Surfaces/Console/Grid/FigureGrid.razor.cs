using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>
/// Sorts and filters at most once a second, and only a sequence that really differs reaches the virtualised list. Not a
/// <c>MudDataGrid</c>: that redraws every cell on every change (see docs/decisions).
/// </summary>
public sealed partial class FigureGrid
{
    public const int RowHeight = 28;
    private static readonly TimeSpan SortInterval = TimeSpan.FromSeconds(1);

    private static readonly (FigureTab Tab, string Name)[] Tabs =
    [
        (FigureTab.Abnormal, "Grid.Tab.Abnormal"), (FigureTab.Realtime, "Grid.Tab.Realtime"), (FigureTab.Behind, "Grid.Tab.Behind"), (FigureTab.All, "Grid.Tab.All"),
    ];

    private static readonly (FigureColumn? Column, string Name, string? Style)[] Columns =
    [
        (FigureColumn.State, "Grid.Col.State", null), (FigureColumn.Code, "Grid.Col.Code", null), (FigureColumn.Name, "Grid.Col.Name", null),
        (FigureColumn.Area, "Grid.Col.Area", null), (FigureColumn.Value, "Grid.Col.Value", "n"), (FigureColumn.Unit, "Grid.Col.Unit", null),
        (FigureColumn.Period, "Grid.Col.Period", null), (FigureColumn.Previous, "Grid.Col.Previous", "n"), (FigureColumn.YearAgo, "Grid.Col.YearAgo", "n"),
        (null, "Grid.Col.Spark", null), (FigureColumn.Verification, "Grid.Col.Verification", "c"), (FigureColumn.Source, "Grid.Col.Source", null),
        (FigureColumn.Age, "Grid.Col.Age", null),
    ];

    private readonly Dictionary<int, int> _places = [];
    private FigureRowViews _views = null!;
    private FigureQuery _query = new();
    private FigureRows _rows = FigureRows.None;
    private BoardState? _sorted;
    private DateTimeOffset _sortedAt;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    /// <summary>Code of the one field that is shown; null for all.</summary>
    [Parameter]
    public string? FixedField { get; set; }

    [Parameter]
    public string? Heading { get; set; }

    protected override void OnInitialized() => _views = new FigureRowViews(Time);

    protected override void OnParametersSet()
    {
        if ((FixedField ?? _query.Field) != _query.Field) (_query, _sorted) = (_query with { Field = FixedField ?? "" }, null);
        var stale = _sorted is null || Moment.AsOf != _sorted.AsOf
            || (!ReferenceEquals(_sorted, Moment.Board) && (!Moment.IsLive || Moment.Now - _sortedAt >= SortInterval)) // the past has no clock
            || Moment.Now - _sortedAt >= 5 * SortInterval; // figures turn late by the clock alone
        if (stale) SortAnew();
    }

    private void SortAnew()
    {
        (_sorted, _sortedAt) = (Moment.Board, Moment.Now);
        var rows = FigureRows.Of(Moment.Board, _query, Moment.Now, CultureInfo.CurrentUICulture);
        if (rows.SameAs(_rows)) return;
        _rows = rows;
        _places.Clear();
        for (var i = 0; i < rows.Ids.Length; i++) _places[rows.Ids[i]] = i + 2; // the heading is row 1
        _views.Keep(500);
    }

    private FigureRowView? RowAt(int id) => Moment.Board.Figures.TryGetValue(id, out var figure)
        ? _views.At(figure, _rows.Others.GetValueOrDefault(id), Moment.Now, Moment.AsOf, CultureInfo.CurrentUICulture)
        : null;

    private int PlaceOf(int id) => _places.GetValueOrDefault(id);

    private void Ask(FigureQuery query)
    {
        _query = query;
        SortAnew();
        StateHasChanged();
    }

    private void Sort(FigureColumn by) =>
        Ask(_query with { SortBy = by, Descending = _query.SortBy == by && !_query.Descending });

    private string? AriaSort(FigureColumn? column) =>
        column is null || column != _query.SortBy ? null : _query.Descending ? "descending" : "ascending";

    private MarkupString? SortMark(FigureColumn column) =>
        column != _query.SortBy ? null : _query.Descending ? Glyphs.ArrowUp : Glyphs.ArrowDown;

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
