using System.Diagnostics;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Reports;

/// <summary>One report: what it owes, what was submitted, and who did what when. Read again when the board says that it changed.</summary>
public sealed partial class ReportPage : IDisposable
{
    private const int RetrySeconds = 15;

    private readonly CancellationTokenSource _closed = new();
    private ReportView? _view;
    private bool _loaded, _loading;
    private string? _failure;
    private (string Key, DateTimeOffset? AsOf, object? Row)? _read;
    private DateTimeOffset _readAt;
    private (ReportView?, bool, string?, string)? _drawn;

    [Inject]
    private FindReportHistory Histories { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private ILogger<ReportPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [Parameter]
    public string FormCode { get; set; } = "";

    [Parameter]
    public string AgencyCode { get; set; } = "";

    /// <summary>As in SDMX: <c>2026-W47</c>.</summary>
    [Parameter]
    public string PeriodText { get; set; } = "";

    private string Key => ReportingPeriod.TryParse(PeriodText, out var period) ? ReportKey.Of(FormCode, AgencyCode, period) : "";

    private string Period => ReportingPeriod.TryParse(PeriodText, out var period) ? FigureText.PeriodOf(period, CultureInfo.CurrentUICulture) : PeriodText;

    protected override Task OnParametersSetAsync()
    {
        // The row on the board is replaced when the report changes; one that left the board is as it was.
        var row = Moment.IsLive ? Moment.Board.Reports.GetValueOrDefault(Key) : null;
        var wanted = (Key, Moment.AsOf, (object?)row);
        var again = _failure is not null && Moment.Now - _readAt > TimeSpan.FromSeconds(RetrySeconds);
        return Moment.IsReady && !_loading && (_read != wanted || again) ? LoadAsync() : Task.CompletedTask;
    }

    protected override bool ShouldRender()
    {
        var shown = (_view, _loaded, _failure, Key);
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
    }

    private async Task LoadAsync()
    {
        _read = (Key, Moment.AsOf, Moment.IsLive ? Moment.Board.Reports.GetValueOrDefault(Key) : null);
        (_loading, _readAt) = (true, Moment.Now);
        try
        {
            var found = Key.Length == 0 ? null : await Histories.Handle(Key, _closed.Token);
            _view = found is null ? null : ReportView.Of(found.Events, Moment.Board, Moment.Now, Moment.AsOf, Province, CultureInfo.CurrentUICulture);
            (_loaded, _failure) = (true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = (Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N"))[..8];
            Log.LogWarning(failure, "The report {Report} could not be read, trace {Trace}", Key, _failure);
        }
        finally
        {
            _loading = false;
        }
    }

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
