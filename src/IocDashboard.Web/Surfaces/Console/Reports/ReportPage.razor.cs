using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Reports;

/// <summary>One report: what it owes, what was submitted, and who did what when. Read again when the board says that it changed.</summary>
/// <remarks>A draft is there for its own agency's people alone; cells of indicators that are hidden from the reader are not there.</remarks>
public sealed partial class ReportPage : IDisposable
{
    private const int RetrySeconds = 15;

    private readonly CancellationTokenSource _closed = new();
    private ReportView? _view;
    private bool _loaded, _loading;
    private string? _failure;
    private (string Key, DateTimeOffset? AsOf, OpenReport? Row, CatalogueSnapshot Seen)? _read;
    private DateTimeOffset _readAt;
    private (ReportView?, bool, string?, string)? _drawn;

    [Inject]
    private PeopleNames Names { get; set; } = null!;

    [Inject]
    private FindReportHistory Histories { get; set; } = null!;

    [Inject]
    private SpecificReads Reads { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private ILogger<ReportPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [PersistentState]
    public SpecificViewing? Viewing { get; set; }

    [Parameter]
    public string FormCode { get; set; } = "";

    [Parameter]
    public string AgencyCode { get; set; } = "";

    /// <summary>As in SDMX: <c>2026-W47</c>.</summary>
    [Parameter]
    public string PeriodText { get; set; } = "";

    private string Key => ReportingPeriod.TryParse(PeriodText, out var period) ? ReportKey.Of(FormCode, AgencyCode, period) : "";

    private string Period => ReportingPeriod.TryParse(PeriodText, out var period) ? FigureText.PeriodOf(period, CultureInfo.CurrentUICulture) : PeriodText;

    // The row on the board is replaced when the report changes; one that left the board is as it was. Another catalogue: another sight.
    private (string, DateTimeOffset?, OpenReport?, CatalogueSnapshot) Wanted =>
        (Key, Moment.AsOf, Moment.IsLive ? Moment.Board.Reports.GetValueOrDefault(Key) : null, Moment.Board.Catalogue);

    protected override async Task OnParametersSetAsync()
    {
        var again = _failure is not null && Moment.Now - _readAt > TimeSpan.FromSeconds(RetrySeconds);
        if (Moment.IsReady && !_loading && (_read != Wanted || again)) await LoadAsync();
        if (_loaded && _view is null) Http.SayNotFound();
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
        // What was read with another sight must not stay until this is read.
        if (_read is { } before && !ReferenceEquals(before.Seen, Moment.Board.Catalogue)) (_view, _loaded) = (null, false);
        _read = Wanted;
        (_loading, _readAt) = (true, Moment.Now);
        try
        {
            var found = Key.Length == 0 ? null : await Histories.Handle(Key, Moment.Sight, _closed.Token);
            if (found is not null) await NoteAsync(found);
            // What was written between the centre and an agency is theirs; what the centre learned is its own.
            if (found is not null) found = found with { Events = PursuitEvents.SeenBy((await Session).User, found.Report.Agency, found.Events) };
            _view = found is null ? null : ReportView.Of(found.Events, Moment.Board, Moment.Now, Moment.AsOf, Province, Names.Of, CultureInfo.CurrentUICulture);
            (_loaded, _failure) = (true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = FailureTrace.Short();
            Log.LogWarning(failure, "The report {Report} could not be read, trace {Trace}", Key, _failure);
        }
        finally
        {
            _loading = false;
        }
    }

    /// <summary>Nothing is drawn before the reading is on the audit trail.</summary>
    private async Task NoteAsync(ReportWithHistory found)
    {
        if (Viewing?.Of != Key) Viewing = new() { Of = Key };
        var shown = found.Events.OfType<ReportSubmitted>().SelectMany(e => e.Values)
            .Select(v => Moment.Board.Catalogue.Indicators.GetValueOrDefault(v.Indicator)).OfType<Indicator>();
        var by = AuditActor.Of((await Session).User, Http?.Connection.RemoteIpAddress?.ToString());
        await Reads.NoteNewAsync(Viewing, Moment.Sight, shown, Moment.AsOf, ConsoleLinks.Report(Key, Moment.AsOf), by, _closed.Token);
    }

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
