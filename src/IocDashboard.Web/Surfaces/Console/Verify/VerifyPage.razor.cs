using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>
/// The queue of submissions, one of them cell by cell beside its history, and the decision. What is decided on single cells is kept
/// as this person's draft until the report is sent back or verified as a whole. A verified report can be opened too: to ask for a correction.
/// </summary>
public sealed partial class VerifyPage : IAsyncDisposable
{
    private const int RetrySeconds = 15;
    private static readonly TimeSpan QueueEvery = TimeSpan.FromSeconds(2), QueueAtLeast = TimeSpan.FromSeconds(10);
    private static readonly TimeOnly MendAt = new(16, 0);

    private readonly CancellationTokenSource _closed = new();
    private readonly ReviewDecisions _decisions = new();
    private ImmutableArray<QueuedReview> _queue = [];
    private QueueFilter _filter;
    private ReviewView? _view;
    private string? _read, _said, _failure;
    private bool _loaded, _loading, _wrong, _busy, _events = true, _reveal, _focusNote;
    private Task _reloading = Task.CompletedTask;
    private DateTimeOffset _mendBy, _queueAt;
    private (object Board, int Reports)? _queueOf;
    private AuditActor _me = AuditActor.Itself;
    private IJSObjectReference? _module;

    [Inject] private FindQueue Fresh { get; set; } = null!;
    [Inject] private ReviewQueue Queue { get; set; } = null!;
    [Inject] private FindReview Find { get; set; } = null!;
    [Inject] private PeopleNames Names { get; set; } = null!;
    [Inject] private ClaimReview Claims { get; set; } = null!;
    [Inject] private SpecificReads Reads { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private IJSRuntime Script { get; set; } = null!;
    [Inject] private ILogger<VerifyPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <summary>The report that is looked at; none: the first of the queue.</summary>
    [SupplyParameterFromQuery(Name = "report")]
    private string? ReportId { get; set; }

    /// <summary>
    /// Where the page leads by itself, until the browser has answered that it is there: so long the address, which is given again at
    /// each second, is still the one before.
    /// </summary>
    private (string? From, string? To)? _leading;

    private string? Wanted => _leading is { } leading && leading.From == ReportId ? leading.To : ReportId;

    private (string Key, string Name, Func<Task> Act)[] Keys =>
    [
        ("j", "Ver.Key.Next", () => SelectAsync(_decisions.Selected + 1)), ("k", "Ver.Key.Before", () => SelectAsync(_decisions.Selected - 1)),
        ("v", "Ver.Key.Accept", () => AcceptAt(_decisions.Selected)), ("r", "Ver.Key.Return", () => ReturnAt(_decisions.Selected)), ("n", "Ver.Key.Note", NoteAsync),
        ("f", "Ver.Key.Ask", () => AskAt(_decisions.Selected)), ("h", "Ver.Key.History", ToggleEvents), ("[", "Ver.Key.ReportBefore", () => GoAsync(-1)), ("]", "Ver.Key.ReportNext", () => GoAsync(1)),
    ];

    private bool CanDecide => RendererInfo.IsInteractive && !_busy && _view?.Seen.Report.State is ReportState.Submitted or ReportState.Verified && !IsLocked;

    private bool CanSend => CanDecide && _decisions.Left == 0 && _decisions.Unfinished is null && (_decisions.Returned > 0 || (_view!.Seen.Report.State == ReportState.Submitted && Bar is null));

    private bool IsLocked => _view is { } view && ReportDecider.IsLocked(view.Seen.Report, Moment.Now);

    private bool IsMine => string.Equals(_view?.Seen.ClaimedBy, _me.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why this person may not verify it; null when they may. To send it back they may in any case.</summary>
    private string? Bar => _view?.Seen switch
    {
        null => null,
        _ when IsLocked => T("Ver.Bar.Locked"),
        { IsWhole: false } => T("Ver.Bar.Hidden"),
        { Report: { } report } when new[] { report.SubmittedBy, report.PreparedBy }.Contains(_me.Name, StringComparer.OrdinalIgnoreCase) => T("Ver.Bar.Own"),
        { Verifiers: > 1, Report.CheckedBy: { } first } when string.Equals(first, _me.Name, StringComparison.OrdinalIgnoreCase) => T("Ver.Bar.Second"),
        { Report.State: ReportState.Verified } => T("Ver.Bar.Verified"),
        { Report.State: ReportState.Returned } => T("Ver.Bar.Returned"),
        _ => null,
    };

    public static string Link(string report) => $"{ConsoleLinks.Root}/verify?report={Uri.EscapeDataString(report)}";

    protected override async Task OnInitializedAsync()
    {
        _drafts = new(Drafts, Clock, Log, () => _ = InvokeAsync(StateHasChanged));
        var user = (await Session).User;
        (_me, _mayAsk) = (AuditActor.Of(user, Http?.Connection.RemoteIpAddress?.ToString()), FocalPointRights.ToRead(user));
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_leading is { } leading && ReportId != leading.From) _leading = null;
        if (!Moment.IsReady || _loading) return;
        var of = ((object)Moment.Board, 0);
        var since = Moment.Now - _queueAt;
        if (_queueAt == default || since > QueueAtLeast || (_queueOf != of && since > QueueEvery))
        {
            _queueOf = of;
            await ReloadAsync();
        }
        else if ((Wanted ?? _read) != _read)
        {
            await ReloadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_reveal && !_focusNote) return;
        var (reveal, note) = (_reveal, _focusNote);
        (_reveal, _focusNote) = (false, false);
        try
        {
            _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./" + Assets["console/verify.js"]);
            if (reveal) await _module.InvokeVoidAsync("reveal", $"cell-{_decisions.Selected + 1}");
            if (note) await _module.InvokeVoidAsync("focusNote");
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    /// <summary>The queue, and the report that is looked at when it is another one or has changed.</summary>
    /// <param name="mine">This person has just written: what others saw a moment ago is not enough.</param>
    private Task ReloadAsync(bool mine = false)
    {
        _loading = true;
        return _reloading = ReloadAfterAsync(_reloading, mine);
    }

    /// <summary>One after the other: an earlier reading that ends later would bring back what has just been decided.</summary>
    private async Task ReloadAfterAsync(Task before, bool mine)
    {
        await before;
        try
        {
            _queueAt = Moment.Now;
            _queue = mine ? await Fresh.Handle(_closed.Token) : await Queue.SeenAsync(_closed.Token);
            var wanted = Wanted ?? (_read is { } kept && (_queue.Any(q => q.Report.Id == kept) || IsInTheMiddle) ? kept : _queue.FirstOrDefault()?.Report.Id);
            if (wanted != _read || HasChanged(wanted)) await OpenAsync(wanted);
            (_loaded, _failure) = (true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What is on the screen stays, with what was decided on it.
            var trace = FailureTrace.Short();
            if (_view is null) _failure = trace;
            Log.LogWarning(failure, "The queue of verification could not be read, trace {Trace}", trace);
        }
        finally
        {
            _loading = false;
        }
    }

    /// <summary>Nobody is led away from what they are at, nor from being told what became of it.</summary>
    private bool IsInTheMiddle => _busy || _dropped || (_view is { } view && !_decisions.ToDraft(view.Seen.Report, _me.Name, _mendBy).IsEmpty);

    private bool HasChanged(string? wanted) => _view is { } view && (_queue.FirstOrDefault(q => q.Report.Id == wanted) is { } now
        ? (now.Report.SubmittedRevision, now.Report.State, now.Report.CheckedBy, now.ClaimedBy) !=
          (view.Seen.Report.SubmittedRevision, view.Seen.Report.State, view.Seen.Report.CheckedBy, view.Seen.ClaimedBy)
        // It has left the queue: somebody has decided it.
        : view.Seen.Report.State == ReportState.Submitted && _queue.Length < FindQueue.Most);

    private async Task OpenAsync(string? report)
    {
        if (_read != report) await _drafts.FlushAsync();
        var seen = report is null ? null : await Find.Handle(report, Moment.Sight, _me.Name, _closed.Token);
        if (seen is not null)
        {
            // Nothing is drawn before the reading is on the audit trail.
            var shown = seen.Cells.Select(c => Moment.Board.Catalogue.Indicators.GetValueOrDefault(c.Key.Indicator)).OfType<Indicator>();
            await Reads.NoteAsync(Moment.Sight, shown, Link(report!), _me, _closed.Token);
        }

        var isAnother = _read != report || _view?.Seen.Report.SubmittedRevision != seen?.Report.SubmittedRevision || _view?.Seen.Report.StateUnderLock != seen?.Report.StateUnderLock;
        if (_read != report && !_busy) _said = null;
        if (_read != report) _asking = false;
        var unsent = _read == report && _view is { } was ? _decisions.ToDraft(was.Seen.Report, _me.Name, _mendBy) with { WrittenAt = Moment.Now } : null;
        var agency = !isAnother ? _agency : seen is null ? null : await FindAgencyAsync(seen.Report.Agency);
        (_read, _agency) = (report, agency);
        _view = seen is null ? null : ReviewView.Of(seen, Moment.Board.Catalogue, CultureInfo.CurrentUICulture);
        if (!isAnother)
        {
            _decisions.Continue(_view);
            return;
        }

        await BeginAsync(seen, unsent is { IsEmpty: false } ? unsent : null);
    }

    private Task SelectAsync(int at)
    {
        _reveal = _decisions.Select(at);
        return Task.CompletedTask;
    }

    private Task AcceptAt(int at)
    {
        if (!CanDecide) return Task.CompletedTask;
        _decisions.Accept(at);
        _reveal = true;
        Keep();
        return Task.CompletedTask;
    }

    private Task ReturnAt(int at)
    {
        if (!CanDecide || _view is null) return Task.CompletedTask;
        _decisions.BeginReturn(at);
        _reveal = true;
        return Task.CompletedTask;
    }

    private Task NoteAsync()
    {
        _focusNote = true;
        return _decisions.IsReturning ? Task.CompletedTask : ReturnAt(_decisions.Selected);
    }

    private Task ToggleEvents()
    {
        _events = !_events;
        return Task.CompletedTask;
    }

    private void ConfirmReturn((CellDecision Decision, DateTimeOffset MendBy) confirmed)
    {
        _mendBy = confirmed.MendBy;
        _decisions.Decide(_decisions.Selected, confirmed.Decision);
        _reveal = true;
        Keep();
    }

    private void AcceptClean()
    {
        _decisions.AcceptClean();
        _reveal = true;
        Keep();
    }

    private async Task GoAsync(int step)
    {
        var shown = _queue.Of(_filter, _me.Name);
        if (shown.IsEmpty) return;
        var at = shown.ToList().FindIndex(q => q.Report.Id == _read);
        Navigation.NavigateTo(Link(shown[Math.Clamp(at + step, 0, shown.Length - 1)].Report.Id));
        await Task.CompletedTask;
    }

    private async Task ClaimAsync()
    {
        if (_view is not { } view) return;
        await Claims.Handle(view.Seen.Report.Id, view.Seen.Report.SubmittedRevision, _me.Name, take: !IsMine, _closed.Token);
        await ReloadAsync(mine: true);
    }

    private int Share(int part) => _view is { Lines.Length: > 0 and var all } ? 100 * part / all : 0;

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    public async ValueTask DisposeAsync()
    {
        await _drafts.DisposeAsync();
        await _closed.CancelAsync();
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }

        _closed.Dispose();
    }
}
