using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Sheets;

/// <summary>
/// One report's sheet. Typing stays in the browser: what leaves a cell is saved, then judged with the rest a moment later. What others
/// write comes with the board's news of this report.
/// </summary>
public sealed partial class SheetPage : IAsyncDisposable
{
    private static readonly TimeSpan RereadEvery = TimeSpan.FromMilliseconds(250), JudgeEvery = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _closed = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private readonly Dictionary<CellKey, CellEntry> _conflicts = [];
    private ElementReference _grid;
    private DotNetObjectReference<SheetPage>? _self;
    private IJSObjectReference? _module, _script;
    private RedrawThrottle? _reread, _rejudge;
    private IDisposable? _subscription;
    private AgencyScope _scope = AgencyScope.None;
    private AuditActor _me = AuditActor.Itself;
    private ImmutableArray<SheetBlock> _blocks = [];
    private JudgedSheet _judged = JudgedSheet.Nothing;
    private IReadOnlyList<PastCell> _past = [];
    private SeenSheet? _seen;
    private SheetView? _view;
    private CellKey? _looked;
    private DateTimeOffset? _savedAt;
    private string _key = "", _agency = "";
    private int _writes;
    private string? _failure, _said;
    private int _beyond;
    private bool _read, _wrong, _asHead, _correcting, _reading, _mounted, _filing;

    [Inject]
    private FindSheet Find { get; set; } = null!;

    [Inject]
    private FindCellPast Pasts { get; set; } = null!;

    [Inject]
    private WriteCellsHandler Write { get; set; } = null!;

    [Inject]
    private CompleteSheetHandler Complete { get; set; } = null!;

    [Inject]
    private HandSheetOverHandler HandOver { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private PeopleNames Names { get; set; } = null!;

    [Inject]
    private LiveBoard Board { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private ILogger<SheetPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [Parameter]
    public string FormCode { get; set; } = "";

    /// <summary>As in SDMX: <c>2026-W47</c>.</summary>
    [Parameter]
    public string PeriodText { get; set; } = "";

    private CatalogueSnapshot Seen => _seen is { } seen ? Catalogues.Current.At(seen.Report.Period.FirstDay) : Catalogues.Current;

    private string PeriodName => ReportingPeriod.TryParse(PeriodText, out var period) ? Shared.PeriodText.Long(period, _culture) : PeriodText;

    private string FormTitle => _seen is { } seen ? Shared.FormTitle.Of(seen.Form, Seen, _culture) : FormCode;

    private string Title => $"{FormTitle}, {PeriodName} · {T("Portal")}";

    private string SavedText => _savedAt is { } at ? T("Sheet.Saved", Province.Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture)) : T("Sheet.NothingTyped");

    /// <summary>What was sent may be changed, but only by saying so.</summary>
    private bool CanCorrect => _view is { CanWrite: true } view && view.Seen.Report.SubmittedAt is not null;

    private bool NeedsReason => _seen is { } seen && seen.Cells.Keys.Any(k => seen.Standing.GetValueOrDefault(k) is { Verification: VerificationState.Verified });

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        _agency = user.FindFirstValue(AccessClaims.Agency) ?? "";
        _scope = Reporters.ScopeOf(user);
        _asHead = user.IsInRole(Roles.AgencyHead);
        _me = AuditActor.Of(user, Http?.Connection.RemoteIpAddress?.ToString());
        if (!RendererInfo.IsInteractive) return;
        _reread = new RedrawThrottle(Clock, RereadEvery, () => OnCircuitAsync(ReadAsync));
        _rejudge = new RedrawThrottle(Clock, JudgeEvery, () => OnCircuitAsync(JudgeAsync));
        _subscription = Board.Subscribe(change =>
        {
            if (change.Catalogue || change.Reports.Contains(_key)) _reread.Signal();
        });
    }

    protected override async Task OnParametersSetAsync()
    {
        var key = ReportingPeriod.TryParse(PeriodText, out var period) ? ReportKey.Of(FormCode, _agency, period) : "";
        if (key == _key && _read) return;
        // First of all: what is still in the editor of the sheet before is saved there.
        await UnmountAsync();
        _key = key;
        (_seen, _view, _looked, _correcting, _judged) = (null, null, null, false, JudgedSheet.Nothing);
        _conflicts.Clear();
        // A form may have thousands of cells: they are drawn once, in the circuit. Before it there is only whether the report exists.
        if (RendererInfo.IsInteractive)
            await ReadAsync();
        else if (_key.Length == 0 || await Find.Handle(_key, _scope, _closed.Token) is null)
            _read = true;
        if (_read && _view is null && _failure is null) Http.SayNotFound();
    }

    private async Task ReadAsync()
    {
        if (_reading) return;
        _reading = true;
        string read;
        do
        {
            read = _key;
            await ReadOnceAsync();
        }
        while (read != _key && !_closed.IsCancellationRequested); // another sheet was asked for meanwhile
        _reading = false;
        StateHasChanged();
    }

    private async Task ReadOnceAsync()
    {
        try
        {
            // What was kept while it was being read is not in it: the page would fall back behind what it has shown as saved.
            int writes;
            SeenSheet? found;
            do (writes, found) = (_writes, _key.Length == 0 ? null : await Find.Handle(_key, _scope, _closed.Token));
            while (writes != _writes);
            _seen = found;
            if (_seen is { } seen)
            {
                _blocks = SheetLayout.Of(seen.Form, Seen, _culture);
                if (seen.Cells.Count > 0) _savedAt = seen.Cells.Values.Max(c => c.At);
                Redraw();
                // What stands there is shown before it is judged: a large form takes a moment.
                StateHasChanged();
                await JudgeAsync();
            }

            (_read, _failure) = (true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What is on the screen stays: typing goes on, and the next news reads again.
            var trace = FailureTrace.Short();
            if (_view is null) _failure = trace;
            Log.LogWarning(failure, "The sheet {Report} could not be read, trace {Trace}", _key, trace);
        }
    }

    private async Task JudgeAsync()
    {
        if (_seen is not { } seen || _view is not { CanWrite: true }) return;
        var (values, _) = seen.Content;
        var outcome = await Complete.Judge(seen, _me.Name, _closed.Token);
        _judged = outcome switch
        {
            SubmissionOutcome.Refused refused => JudgedSheet.Of(values, refused.Errors, refused.Warnings),
            _ => JudgedSheet.Of(values, [], outcome.ReceiptOf()!.Warnings),
        };
        Redraw();
        StateHasChanged();
    }

    private void Redraw()
    {
        if (_seen is { } seen) _view = SheetView.Of(seen, _judged, _blocks, _conflicts, _correcting, Clock.GetUtcNow(), _view, Names.Of, _culture);
    }

    /// <summary>Writes, keeps the page's picture of the sheet in step, and tells the version of each cell that was kept.</summary>
    private async Task<Dictionary<CellKey, int>> WriteAsync(IReadOnlyList<CellEntry> entries)
    {
        var versions = new Dictionary<CellKey, int>();
        if (entries.Count == 0 || _seen is not { } seen) return versions;
        var outcome = await Write.Handle(_key, entries, _scope, _me.Name, _closed.Token);
        if (!outcome.Accepted)
        {
            (_said, _wrong) = (Said(outcome.Errors[0]), true);
            StateHasChanged();
            return versions;
        }

        var cells = (_seen ?? seen).Cells.ToDictionary();
        foreach (var (entry, result) in entries.Zip(outcome.Entries))
        {
            (cells[entry.Key], versions[entry.Key]) = (result.Cell, result.Cell.Version);
            if (result.Conflict) _conflicts[entry.Key] = entry;
            else _conflicts.Remove(entry.Key);
        }

        _writes++;
        _seen = (_seen ?? seen) with { Cells = cells.ToFrozenDictionary(), Sheet = outcome.Sheet ?? seen.Sheet };
        (_savedAt, _said, _wrong) = (Clock.GetUtcNow(), null, false);
        Redraw();
        StateHasChanged();
        _rejudge?.Signal();
        return versions;
    }

    private Task EnterDetailsAsync((CellKey Key, ObservationStatus? Status, string? Note) details) =>
        _seen is { } seen ? WriteAsync([TypedCell.Detailed(seen, details.Key, details.Status, details.Note, _culture)]) : Task.CompletedTask;

    private Task ResolveAsync(bool mine)
    {
        if (_looked is not { } key || !_conflicts.Remove(key, out var entry)) return Task.CompletedTask;
        if (mine && _seen?.Cells.GetValueOrDefault(key) is { } theirs) return WriteAsync([entry with { Base = theirs.Version }]);
        Redraw();
        return Task.CompletedTask;
    }

    private CellEntry? MineOf(CellKey? key) => key is { } looked ? _conflicts.GetValueOrDefault(looked) : null;

    private void ToggleCorrecting()
    {
        _correcting = !_correcting;
        Redraw();
    }

    private async Task SendAsync(string? reason)
    {
        if (_seen?.Sheet is not { } sheet) return;
        var outcome = await Complete.Handle(new(_key, sheet.Version, reason, _asHead, _me), _scope, _closed.Token);
        if (outcome is SubmissionOutcome.Refused refused)
        {
            (_said, _wrong) = (Said(refused.Errors[0]), true);
        }
        else
        {
            (_said, _wrong, _correcting) = (T("Sheet.SentNow", T($"Punctuality.{outcome.ReceiptOf()!.Punctuality}")), false, false);
            _judged = JudgedSheet.Nothing;
        }

        await ReadAsync();
    }

    private Task LayBeforeHeadAsync() => TellAsync(
        _seen?.Sheet is { } sheet ? HandOver.LayBeforeHead(_key, sheet.Version, _scope, _me.Name, _closed.Token) : Task.FromResult<ImmutableArray<JudgementError>>([]), "Sheet.Laid");

    private Task GiveBackAsync(string? reason) => TellAsync(HandOver.GiveBack(_key, reason, _scope, _me.Name, _closed.Token), "Sheet.BackNow");

    private async Task TellAsync(Task<ImmutableArray<JudgementError>> act, string done)
    {
        var errors = await act;
        (_said, _wrong) = errors.IsEmpty ? (T(done), false) : (Said(errors[0]), true);
        await ReadAsync();
    }

    private string Said(JudgementError error) => CodeTexts.Detail(error.Code, error.Arguments, _culture);

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);

    private Task OnCircuitAsync(Func<Task> act)
    {
        // The board's and the clock's threads have a culture of their own.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _culture);
        return InvokeAsync(act);
    }

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        _reread?.Dispose();
        _rejudge?.Dispose();
        await _closed.CancelAsync();
        await UnmountAsync();
        _self?.Dispose();
        _closed.Dispose();
    }
}
