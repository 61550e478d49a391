using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Indicators;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>Chart and twin table of one series; T shows the table alone.</summary>
public sealed partial class HistoryPane
{
    private HistoryView _view = null!;
    private HistoryRow[] _rows = [];
    private IndicatorHistory? _of;
    private int _series;
    private bool _tableOnly;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [Parameter, EditorRequired]
    public required Figure Figure { get; set; }

    [Parameter, EditorRequired]
    public required IndicatorHistory History { get; set; }

    [Parameter]
    public bool Loading { get; set; }

    /// <summary>The table shows an older page of a stream.</summary>
    [Parameter]
    public bool IsOlder { get; set; }

    private bool IsStreamed => Figure.Indicator.Rhythm.IsStreamed();

    /// <summary>How much of the past the table holds: of a stream, which measurements and of how many.</summary>
    private string Extent => IsStreamed && _rows.Length > 0
        ? T("Hist.Table.Stream", _rows.Length.ToString("N0", CultureInfo.CurrentUICulture), _rows[^1].Period, _rows[0].Period, (History.Line?.Measured ?? _rows.Length).ToString("N0", CultureInfo.CurrentUICulture), _view.Title)
        : T("Hist.Table.Same");

    private string Label => T(
        "Hist.Label", Figure.Indicator.Name.In(CultureInfo.CurrentUICulture), _view.Title, _view.Points, _view.Chart.Labels[0], _view.Chart.Labels[^1]);

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_of, History) && _series == Figure.SeriesId) return;
        (_of, _series) = (History, Figure.SeriesId);
        _view = HistoryView.Of(Figure, History, Moment.Now, Province, CultureInfo.CurrentUICulture, Moment.Board.Catalogue.Book);
        _rows = [.. _view.Rows];
    }

    private (HistoryView, bool, bool)? _drawn;

    protected override bool ShouldRender()
    {
        if (_drawn is { } drawn && ReferenceEquals(drawn.Item1, _view) && (drawn.Item2, drawn.Item3) == (_tableOnly, Loading)) return false;
        _drawn = (_view, _tableOnly, Loading);
        return true;
    }
}
