using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Changes;

/// <summary>What was revised since an instant, newest first; of the past, what was known to be revised then.</summary>
public sealed partial class ChangesPage : IDisposable
{
    private const int Most = 1_000;
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    private readonly CancellationTokenSource _closed = new();
    private ChangeRow[] _rows = [];
    private bool _more, _read, _loading;
    private string? _said, _failure;
    private DateTimeOffset? _since;
    private (string?, string?, DateTimeOffset?)? _of;

    [Inject]
    private PeopleNames Names { get; set; } = null!;

    [Inject]
    private FindChanges Find { get; set; } = null!;

    [Inject]
    private SpecificReads Reads { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private ILogger<ChangesPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <summary>RFC 3339, or as it is typed in Vietnam; none: the last seven days.</summary>
    [SupplyParameterFromQuery(Name = "since")]
    private string? Since { get; set; }

    [SupplyParameterFromQuery(Name = "indicator")]
    private string? IndicatorCode { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (!Moment.IsReady || _loading || _of == (Since, IndicatorCode, Moment.AsOf)) return;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _of = (Since, IndicatorCode, Moment.AsOf);
        (_loading, _said) = (true, null);
        try
        {
            _since = Read(Since) ?? Moment.Now - Usual;
            if (!string.IsNullOrWhiteSpace(Since) && Read(Since) is null) _said = T("Chg.Since.Wrong");
            var catalogue = Moment.Board.Catalogue;
            var code = IndicatorCode?.Trim().ToUpperInvariant();
            if (!string.IsNullOrEmpty(code) && !catalogue.Indicators.ContainsKey(code)) _said = T("Chg.Indicator.Unknown", code);
            var series = catalogue.SeriesById.Values.Where(s => string.IsNullOrEmpty(code) || s.Indicator == code).ToList();
            var (changes, more) = await Find.Handle(series, _since.Value, Moment.AsOf, Most, null, _closed.Token);
            var by = AuditActor.Of((await Session).User, Http?.Connection.RemoteIpAddress?.ToString());
            await Reads.NoteAsync(Moment.Sight, changes.Select(c => catalogue.Indicators[c.Series.Indicator]), $"{ConsoleLinks.Root}/changes", by, _closed.Token);
            (_rows, _more, _read, _failure) = ([.. changes.Select(RowOf)], more, true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = FailureTrace.Short();
            Log.LogWarning(failure, "The changed figures could not be read, trace {Trace}", _failure);
        }
        finally
        {
            _loading = false;
        }
    }

    private DateTimeOffset? Read(string? text)
    {
        if (text?.Trim() is not { Length: > 0 } typed) return null;
        var parts = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (DayText.Read(parts[0]) is { } day && (parts.Length == 1 ? TimeOnly.MinValue : DayText.ReadTime(parts[1])) is { } time) return Province.At(day, time);
        return ConsoleLinks.Parse(typed);
    }

    private ChangeRow RowOf(ChangedFigure change)
    {
        var (culture, catalogue) = (CultureInfo.CurrentUICulture, Moment.Board.Catalogue);
        var indicator = catalogue.Indicators[change.Series.Indicator];
        var isStreamed = change.Rhythm == Observed.Measured;
        return new(
            DayText.Of(Province.Local(change.At)), indicator.Code, indicator.Name.In(culture),
            change.Series.Area == Area.ProvinceCode ? T("Area.Province") : catalogue.Areas.GetValueOrDefault(change.Series.Area)?.Name.In(culture) ?? change.Series.Area,
            isStreamed ? Province.Local(change.TimeKey).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture)
                : FigureText.PeriodOf(PeriodLetter.PeriodOf(change.Rhythm, Province.DayOf(change.TimeKey)), culture),
            Number(change.Before), change.BeforeStatus, Number(change.After), change.AfterStatus,
            change.Difference is { } difference ? NumberText.Signed(difference, indicator.Decimals, culture) : FigureText.None, change.Verification, isStreamed,
            change.Reason, change.By is { } by ? Names.Of(by) : "", ConsoleLinks.Indicator(indicator.Code, change.Series.Area, Moment.AsOf),
            ReportKey.TryParse(change.Report, out var form, out var agency, out var period) ? ConsoleLinks.Report(form, agency, period, Moment.AsOf) : null);

        string Number(decimal? value) => value is { } known ? NumberText.Trimmed(known, indicator.Decimals, culture) : FigureText.None;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private sealed record ChangeRow(
        string At, string Code, string Name, string Area, string Period, string Old, ObservationStatus OldStatus, string New, ObservationStatus NewStatus,
        string Difference, VerificationState Verification, bool IsStreamed, string? Reason, string By, string Href, string? ReportHref);
}
