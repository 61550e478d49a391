using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Indicators;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.Indicators;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>The right pane: read anew when another cell is looked at; a slow database keeps no key from working.</summary>
public sealed partial class ReviewContext : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ReviewView? _of;
    private ReviewLine? _line;
    private SeriesChart? _chart;
    private string? _back;
    private ImmutableArray<(DateTimeOffset At, EventText Words)> _events = [];
    private (ReviewLine?, SeriesChart?, bool)? _drawn;

    [Inject]
    private PeopleNames Names { get; set; } = null!;

    [Inject]
    private FindIndicatorHistory Histories { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [Parameter, EditorRequired]
    public required ReviewView View { get; set; }

    [Parameter, EditorRequired]
    public required ReviewLine Line { get; set; }

    [Parameter]
    public bool ShowEvents { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(_of, View))
        {
            _of = View;
            _events = [.. View.Seen.Events.Select(e => (FindReportHistory.InstantOf(e), EventText.Of(e, Province, Names.Of))).Reverse()];
        }

        if (ReferenceEquals(_line, Line)) return;
        _line = Line;
        var key = Line.Cell.Key;
        _back = View.Seen.Returned?.Reasons.FirstOrDefault(r => r.Indicator == key.Indicator && r.Area == key.Area)?.Reason;
        var catalogue = Moment.Board.Catalogue;
        if (!catalogue.SeriesByKey.TryGetValue((key.Indicator, key.Area), out var series) || !catalogue.Indicators.TryGetValue(key.Indicator, out var indicator)) return;
        try
        {
            var history = await Histories.Handle(series, indicator, null, Moment.Sight, _closed.Token);
            if (ReferenceEquals(_line, Line)) _chart = SeriesChart.Of(history, indicator, View.Seen.Report.Period, Line, CultureInfo.CurrentUICulture);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            // The figures of the cell stand without their picture.
            _chart = null;
        }
    }

    protected override bool ShouldRender()
    {
        var shown = (_line, _chart, ShowEvents);
        if (_drawn is { } drawn && ReferenceEquals(drawn.Item1, shown._line) && ReferenceEquals(drawn.Item2, shown._chart) && drawn.Item3 == ShowEvents) return false;
        _drawn = shown;
        return true;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
