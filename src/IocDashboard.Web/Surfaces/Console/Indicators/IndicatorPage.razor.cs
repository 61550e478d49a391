using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Indicators;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>
/// One indicator over one area: the figure live from the board, its history from the database, read again when the figure
/// changed (a stream's at most every ten seconds). Everything as of the instant that is being looked at. Of another agency's
/// specific indicator nothing is drawn before the opening is on the audit trail; one that is hidden is not there.
/// </summary>
public sealed partial class IndicatorPage : IDisposable
{
    private const int RetrySeconds = 15;
    private static readonly TimeSpan StreamInterval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _closed = new();
    private Figure? _figure;
    private Form? _form;
    private Feed? _feed;
    private (int Series, DateTimeOffset? AsOf, string? Before, long Seq)? _read;
    private DateTimeOffset _readAt;
    private bool _loading, _noting;
    private string? _failure, _noteFailure;
    private IndicatorHistory _history = IndicatorHistory.Empty;
    private ImmutableArray<EventBehind> _events = [];
    private (Figure?, object, object, bool, string?, string?)? _drawn;

    [Inject]
    private FindIndicatorHistory Histories { get; set; } = null!;

    [Inject]
    private FindEventsBehind EventsBehind { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private SpecificReads Reads { get; set; } = null!;

    [Inject]
    private ILogger<IndicatorPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [PersistentState]
    public SpecificViewing? Viewing { get; set; }

    [Parameter]
    public string Code { get; set; } = "";

    /// <summary>Code of the area; absent: the province, or the indicator's first place.</summary>
    [SupplyParameterFromQuery(Name = "area")]
    public string? Area { get; set; }

    /// <summary>Of a stream: measurements before this instant.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var found = Find();
        if (found is null && Moment.IsReady && Moment.Board.Catalogue.Indicators.GetValueOrDefault(Code)?.RetiredFrom is null) Http.SayNotFound();
        if (Viewing?.Of != Code) (Viewing, _noteFailure) = (new() { Of = Code }, null);
        if (found is not null && IsUnnoted(found.Indicator))
        {
            _figure = null;
            if (!_noting && (_noteFailure is null || Moment.Now - _readAt > TimeSpan.FromSeconds(RetrySeconds))) await NoteAsync(found.Indicator);
            found = Find();
            if (found is not null && IsUnnoted(found.Indicator)) return;
        }

        _figure = found;
        if (_figure is not { } figure) return;
        _form ??= Moment.Board.Catalogue.FormList.FirstOrDefault(f => f.Indicators.Any(i => i.Code == figure.Indicator.Code));
        _feed ??= Moment.Board.Catalogue.FeedList.FirstOrDefault(f => f.Indicators.Any(i => i.Code == figure.Indicator.Code));
        if (IsStale(figure)) await LoadAsync();
    }

    // While another instant is being read the board is still the one before, and so is its instant.
    private bool IsUnnoted(Indicator indicator) => Moment.Sight.IsGuestOf(indicator) && !Viewing!.Has(indicator, Moment.Board.AsOf);

    private async Task NoteAsync(Indicator indicator)
    {
        (_noting, _readAt) = (true, Moment.Now);
        var (viewing, asOf) = (Viewing!, Moment.Board.AsOf);
        try
        {
            var by = AuditActor.Of((await Session).User, Http?.Connection.RemoteIpAddress?.ToString());
            await Reads.NoteNewAsync(viewing, Moment.Sight, [indicator], asOf, ConsoleLinks.Indicator(indicator.Code, Area, asOf), by, _closed.Token);
            _noteFailure = null;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            _noteFailure = TraceOf();
            Log.LogWarning(failure, "The opening of {Indicator} could not be put on the audit trail and is not shown, trace {Trace}", indicator.Code, _noteFailure);
        }
        finally
        {
            _noting = false;
        }
    }

    private Task RetryNoteAsync()
    {
        _noteFailure = null;
        return OnParametersSetAsync();
    }

    protected override bool ShouldRender()
    {
        // Panes that follow the clock listen to it themselves.
        var shown = (_figure, _history, (object)_events, _loading, _failure, _noteFailure);
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
    }

    private Figure? Find()
    {
        if (Area is not null) return Moment.Board.Find(Code, Area);
        return Moment.Board.Find(Code, Domain.Catalogue.Area.ProvinceCode)
            ?? Moment.Board.Figures.Values.Where(f => f.Indicator.Code == Code).MinBy(f => f.SeriesId);
    }

    private bool IsStale(Figure figure)
    {
        if (_loading || Moment.Reading != PastReading.None) return false;
        if (_failure is not null) return Moment.Now - _readAt > TimeSpan.FromSeconds(RetrySeconds);
        var wanted = (figure.SeriesId, Moment.AsOf, Before, figure.Seq);
        if (_read == wanted) return false;
        var sameSeries = _read is { } read && (read.Series, read.AsOf, read.Before) == (figure.SeriesId, Moment.AsOf, Before);
        return !sameSeries || !figure.Indicator.Rhythm.IsStreamed() || Moment.Now - _readAt > StreamInterval;
    }

    private async Task LoadAsync()
    {
        if (_figure is not { } figure || !Moment.Board.Catalogue.SeriesById.TryGetValue(figure.SeriesId, out var series)) return;
        var wanted = (figure.SeriesId, Moment.AsOf, Before, figure.Seq);
        if (_read is { } before && before.Series != figure.SeriesId) (_history, _events, _form, _feed) = (IndicatorHistory.Empty, [], null, null);
        _form ??= Moment.Board.Catalogue.FormList.FirstOrDefault(f => f.Indicators.Any(i => i.Code == figure.Indicator.Code));
        _feed ??= Moment.Board.Catalogue.FeedList.FirstOrDefault(f => f.Indicators.Any(i => i.Code == figure.Indicator.Code));
        (_loading, _read, _readAt) = (true, wanted, Moment.Now);
        try
        {
            var history = await Histories.Handle(series, figure.Indicator, Moment.AsOf, Moment.Sight, _closed.Token, ConsoleLinks.Parse(Before));
            var events = await EventsBehind.Handle(series, figure.Indicator, _form, history, Moment.AsOf, Moment.Sight, _closed.Token);
            if (_read == wanted) (_history, _events, _failure) = (history, events, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // An error stays in its pane.
            _failure = TraceOf();
            Log.LogWarning(failure, "The history of {Indicator} {Area} could not be read, trace {Trace}", series.Indicator, series.Area, _failure);
        }
        finally
        {
            _loading = false;
        }
    }

    private static string TraceOf() => FailureTrace.Short();

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
