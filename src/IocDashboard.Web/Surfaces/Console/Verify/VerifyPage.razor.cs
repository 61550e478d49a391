using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>
/// The queue of submissions, one of them cell by cell beside its history, and the decision. What is decided on single cells is kept
/// here until the report is sent back or verified as a whole. A verified report can be opened too: to ask for a correction.
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
    private DateTimeOffset _mendBy, _queueAt;
    private (object Board, int Reports)? _queueOf;
    private AuditActor _me = AuditActor.Itself;
    private IJSObjectReference? _module;

    [Inject] private FindQueue Fresh { get; set; } = null!;
    [Inject] private ReviewQueue Queue { get; set; } = null!;
    [Inject] private FindReview Find { get; set; } = null!;
    [Inject] private PeopleNames Names { get; set; } = null!;
    [Inject] private ClaimReview Claims { get; set; } = null!;
    [Inject] private VerifyReportHandler Verify { get; set; } = null!;
    [Inject] private ReturnReportHandler Return { get; set; } = null!;
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

    private (string Key, string Name, Func<Task> Act)[] Keys =>
    [
        ("j", "Ver.Key.Next", () => SelectAsync(_decisions.Selected + 1)), ("k", "Ver.Key.Before", () => SelectAsync(_decisions.Selected - 1)),
        ("v", "Ver.Key.Accept", () => AcceptAt(_decisions.Selected)), ("r", "Ver.Key.Return", () => ReturnAt(_decisions.Selected)), ("n", "Ver.Key.Note", NoteAsync),
        ("h", "Ver.Key.History", ToggleEvents), ("[", "Ver.Key.ReportBefore", () => GoAsync(-1)), ("]", "Ver.Key.ReportNext", () => GoAsync(1)),
    ];

    private bool CanDecide => RendererInfo.IsInteractive && !_busy && _view?.Seen.Report.State is ReportState.Submitted or ReportState.Verified && !IsLocked;

    private bool CanSend => CanDecide && _decisions.Left == 0 && (_decisions.Returned > 0 || (_view!.Seen.Report.State == ReportState.Submitted && Bar is null));

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

    protected override async Task OnInitializedAsync() => _me = AuditActor.Of((await Session).User, Http?.Connection.RemoteIpAddress?.ToString());

    protected override async Task OnParametersSetAsync()
    {
        if (!Moment.IsReady || _loading) return;
        var of = ((object)Moment.Board, 0);
        var since = Moment.Now - _queueAt;
        if (_queueAt == default || since > QueueAtLeast || (_queueOf != of && since > QueueEvery))
        {
            _queueOf = of;
            await ReloadAsync();
        }
        else if ((ReportId ?? _read) != _read)
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
    private async Task ReloadAsync(bool mine = false)
    {
        _loading = true;
        try
        {
            _queueAt = Moment.Now;
            _queue = mine ? await Fresh.Handle(_closed.Token) : await Queue.SeenAsync(_closed.Token);
            var wanted = ReportId ?? (_read is { } kept && (_queue.Any(q => q.Report.Id == kept) || _busy) ? kept : _queue.FirstOrDefault()?.Report.Id);
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
            var trace = (Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N"))[..8];
            if (_view is null) _failure = trace;
            Log.LogWarning(failure, "The queue of verification could not be read, trace {Trace}", trace);
        }
        finally
        {
            _loading = false;
        }
    }

    private bool HasChanged(string? wanted) => _view is { } view && _queue.FirstOrDefault(q => q.Report.Id == wanted) is { } now &&
        (now.Report.SubmittedRevision, now.Report.State, now.Report.CheckedBy, now.ClaimedBy) !=
        (view.Seen.Report.SubmittedRevision, view.Seen.Report.State, view.Seen.Report.CheckedBy, view.Seen.ClaimedBy);

    private async Task OpenAsync(string? report)
    {
        var seen = report is null ? null : await Find.Handle(report, Moment.Sight, _me.Name, _closed.Token);
        if (seen is not null)
        {
            // Nothing is drawn before the reading is on the audit trail.
            var shown = seen.Cells.Select(c => Moment.Board.Catalogue.Indicators.GetValueOrDefault(c.Key.Indicator)).OfType<Indicator>();
            await Reads.NoteAsync(Moment.Sight, shown, Link(report!), _me, _closed.Token);
        }

        var isAnother = _read != report || _view?.Seen.Report.SubmittedRevision != seen?.Report.SubmittedRevision || _view?.Seen.Report.State != seen?.Report.State;
        if (isAnother && _read == report && _view is not null && _decisions.Cells.Count > 0 && seen?.Report.State == ReportState.Submitted) (_said, _wrong) = (T("Ver.SentAgain"), true);
        else if (_read != report && !_busy) _said = null;
        (_read, _view) = (report, seen is null ? null : ReviewView.Of(seen, Moment.Board.Catalogue, CultureInfo.CurrentUICulture));
        if (isAnother)
        {
            _decisions.Begin(_view);
            _mendBy = Province.At(Moment.Board.Catalogue.Calendar.AddWorkingDays(Province.DayOf(Moment.Now), 2), MendAt);
        }
        else
        {
            _decisions.Continue(_view);
        }
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
    }

    private void AcceptClean()
    {
        _decisions.AcceptClean();
        _reveal = true;
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

    private async Task SendAsync()
    {
        if (!CanSend || _view is not { } view) return;
        _busy = true;
        try
        {
            var (report, now) = (view.Seen.Report, Clock.GetUtcNow());
            var back = view.Lines.Where(_decisions.IsReturn).ToList();
            var outcome = back.Count > 0
                ? await Return.Handle(report.Id, new(report.SubmittedRevision, [.. back.Select(l => new ReturnReason(l.Cell.Key.Indicator, l.Cell.Key.Area, _decisions.Cells[l.Cell.Key].Reason!))], _me.Name, now)
                {
                    MendBy = _mendBy,
                    Accepted = [.. view.Lines.Where(l => !_decisions.IsReturn(l)).Select(l => new ReviewedCell(l.Cell.Key.Indicator, l.Cell.Key.Area))],
                }, _closed.Token, _me)
                : await Verify.Handle(report.Id, new(report.SubmittedRevision, _me.Name, now), _closed.Token, _me, Moment.Sight);
            if (!outcome.Accepted)
            {
                (_said, _wrong) = (outcome.Errors.IsEmpty ? T("Ver.Unknown") : Said(outcome.Errors[0]), true);
            }
            else
            {
                (_said, _wrong) = (T(back.Count > 0 ? "Ver.Done.Returned" : outcome.Report!.State == ReportState.Verified ? "Ver.Done.Verified" : "Ver.Done.Checked", view.Agency, view.Title, view.Period, back.Count), false);
                _decisions.Clear();
                Next(report.Id);
            }

            await ReloadAsync(mine: true);
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>On to the next of the queue, as it was looked at.</summary>
    private void Next(string sent)
    {
        var shown = _queue.Of(_filter, _me.Name);
        var at = shown.ToList().FindIndex(q => q.Report.Id == sent);
        var next = shown.Skip(at + 1).Concat(shown.Take(Math.Max(0, at))).FirstOrDefault(q => q.Report.Id != sent)?.Report.Id;
        (_read, _view) = (null, null);
        if (ReportId is not null) ReportId = next;
        Navigation.NavigateTo(next is null ? $"{ConsoleLinks.Root}/verify" : Link(next));
    }

    /// <summary>Whole reports about which the judge asked nothing; each by a decision of its own, on the record.</summary>
    private async Task VerifyCleanAsync()
    {
        _busy = true;
        try
        {
            var (done, refused) = (0, 0);
            foreach (var item in _queue.Of(_filter, _me.Name).Where(q => q.IsClean && !q.IsBarredTo(_me.Name)))
            {
                var outcome = await Verify.Handle(item.Report.Id, new(item.Report.SubmittedRevision, _me.Name, Clock.GetUtcNow()), _closed.Token, _me, Moment.Sight);
                if (outcome.Accepted) done++;
                else refused++;
            }

            (_said, _wrong) = (T(refused > 0 ? "Ver.Done.CleanSome" : "Ver.Done.Clean", done, refused), refused > 0);
            await ReloadAsync(mine: true);
        }
        finally
        {
            _busy = false;
        }
    }

    private int Share(int part) => _view is { Lines.Length: > 0 and var all } ? 100 * part / all : 0;

    private static string Said(JudgementError error) => CodeTexts.Detail(error.Code, error.Arguments, CultureInfo.CurrentUICulture);

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    public async ValueTask DisposeAsync()
    {
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
