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

    private bool IsStreamed => Figure.Indicator.Rhythm.IsStreamed();

    private string Label => T(
        "Hist.Label", Figure.Indicator.Name.In(CultureInfo.CurrentUICulture), _view.Title, _view.Points, _view.Chart.Labels[0], _view.Chart.Labels[^1]);

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_of, History) && _series == Figure.SeriesId) return;
        (_of, _series) = (History, Figure.SeriesId);
        _view = HistoryView.Of(Figure, History, Moment.Now, Province, CultureInfo.CurrentUICulture);
    }

    private (HistoryView, bool, bool)? _drawn;

    protected override bool ShouldRender()
    {
        if (_drawn is { } drawn && ReferenceEquals(drawn.Item1, _view) && (drawn.Item2, drawn.Item3) == (_tableOnly, Loading)) return false;
        _drawn = (_view, _tableOnly, Loading);
        return true;
    }
}
