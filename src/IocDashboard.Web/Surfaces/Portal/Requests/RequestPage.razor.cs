using System.Globalization;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Shared.Requests.RequestWords;

namespace IocDashboard.Web.Surfaces.Portal.Requests;

/// <summary>
/// One data request, as the agency asked answers it. What is typed is saved half a second after the last key and when a field is left;
/// what colleagues type comes with the board's news of this request. Sending is an act of its own.
/// </summary>
public sealed partial class RequestPage : IDisposable
{
    private static readonly TimeSpan SaveAfter = TimeSpan.FromMilliseconds(500), RereadEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _saving = new(1);
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private List<AnswerEntry> _entries = [];
    private Dictionary<string, string> _errors = new(StringComparer.Ordinal);
    private CatalogueSnapshot _seen = CatalogueSnapshot.Empty;
    private RedrawThrottle? _reread;
    private IDisposable? _subscription;
    private ITimer? _save;
    private AgencyScope _scope = AgencyScope.None;
    private OwnRequest? _own;
    private DateTimeOffset? _savedAt;
    private string _me = "", _shown = "";
    private string? _failure, _said;
    private bool _read, _wrong, _sending, _tried, _asHead, _headApproves;

    [Inject]
    private FindOwnRequests Find { get; set; } = null!;

    [Inject]
    private WriteDraftHandler Write { get; set; } = null!;

    [Inject]
    private AnswerDataRequestHandler Answer { get; set; } = null!;

    [Inject]
    private AgencySettings Settings { get; set; } = null!;

    [Inject]
    private Sights Sights { get; set; } = null!;

    [Inject]
    private LiveBoard Board { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<RequestPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [Parameter]
    public string Number { get; set; } = "";

    private string Title => _own?.Request.Title ?? Number;

    private bool CanWrite => _own is { Request.WithdrawnAt: null, Asked.State: AnswerState.Open or AnswerState.Answered or AnswerState.Returned };

    private string SavedText => _savedAt is { } at ? R("Saved.At", Province.Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture)) : R("Saves.Itself");

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        _scope = Reporters.ScopeOf(user);
        _asHead = user.IsInRole(Roles.AgencyHead);
        _me = user.Identity?.Name ?? "";
        if (!RendererInfo.IsInteractive) return;
        _reread = new RedrawThrottle(Clock, RereadEvery, () => OnCircuitAsync(ReadAsync));
        _save = Clock.CreateTimer(_ => _ = OnCircuitAsync(SaveAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscription = Board.Subscribe(change =>
        {
            if (change.Catalogue || change.Reports.Contains(Number)) _reread.Signal();
        });
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Number) return;
        (_shown, _own, _entries, _errors, _tried, _said) = (Number, null, [], new(StringComparer.Ordinal), false, null);
        await ReadAsync();
        if (_own is null && _failure is null) Http.SayNotFound();
    }

    private async Task ReadAsync()
    {
        try
        {
            _own = await Find.One(Number, _scope, _closed.Token);
            _headApproves = await Settings.HeadApprovesAsync(_scope.Agency, _closed.Token);
            _seen = Sights.CatalogueFor(_scope.Agency);
            if (_own is { } own)
            {
                if (_entries.Count == 0) _entries = [.. own.Request.Questions.Select(q => new AnswerEntry(q))];
                foreach (var entry in _entries)
                    entry.Take(own.Drafts.GetValueOrDefault(entry.Question.Id), own.Asked.Answers.FirstOrDefault(a => a.Question == entry.Question.Id));
                if (own.Drafts.Count > 0) _savedAt = own.Drafts.Values.Max(d => d.At);
                Judge();
            }

            (_read, _failure) = (true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return; // the page is gone
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What is on the screen stays: typing goes on, and the next news reads again.
            var trace = FailureTrace.Short();
            if (_own is null) _failure = trace;
            Log.LogWarning(failure, "The data request {Number} could not be read, trace {Trace}", Number, trace);
        }

        StateHasChanged();
    }

    private void Type()
    {
        _said = null;
        _save?.Change(SaveAfter, Timeout.InfiniteTimeSpan);
    }

    private async Task SaveAsync()
    {
        // One saving at a time: a field that is left while its own keys are being saved would meet itself.
        await _saving.WaitAsync(_closed.Token);
        try
        {
            foreach (var entry in _entries.Where(e => e.IsDirty && e.Theirs is null).ToList())
            {
                var sent = entry.ToEntry(FormTemplate.NumbersOf(_culture));
                var outcome = await Write.Handle(Number, sent, _scope, _me, _closed.Token);
                entry.Saved(outcome, sent);
                if (outcome.Error is { } error) (_said, _wrong) = (Said(error), true);
                else _savedAt = Clock.GetUtcNow();
            }
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return; // the page is gone
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // It stays on the screen, unsaved; the next key or the sending saves it.
            (_said, _wrong) = (R("Unsaved"), true);
            Log.LogWarning(failure, "What was typed to data request {Number} could not be saved", Number);
        }
        finally
        {
            _saving.Release();
        }

        Judge();
        StateHasChanged();
    }

    private Task ResolveAsync(AnswerEntry entry, bool mine)
    {
        if (mine) entry.KeepMine();
        else entry.TakeTheirs();
        return SaveAsync();
    }

    private async Task SendAsync()
    {
        (_sending, _tried) = (true, true);
        await SaveAsync();
        try
        {
            // What colleagues typed meanwhile is on the screen only once it was read; the version says what was looked at.
            var seen = (await Find.One(Number, _scope, _closed.Token))?.Drafts ?? _own!.Drafts;
            if (seen.Values.Any(d => _entries.Find(e => e.Question.Id == d.Question) is { } entry && entry.Base != d.Version))
            {
                (_said, _wrong) = (Said(JudgementError.At("", RequestCodes.DraftChanged)), true);
            }
            else
            {
                var outcome = await Answer.SendDrafts(Number, OwnRequest.VersionOf(seen.Values), _scope, _me, _closed.Token);
                (_said, _wrong) = outcome.Receipt is { } receipt
                    ? (R("Sent.Now", R($"Punctuality.{receipt.Punctuality}")), false)
                    : (outcome.Errors.Any(e => e.Pointer.StartsWith("/answers", StringComparison.Ordinal)) ? R("Errors", _errors.Count) : Said(outcome.Errors[0]), true);
                if (outcome.Accepted)
                {
                    _tried = false;
                    foreach (var entry in _entries) entry.Sent();
                }
            }
        }
        finally
        {
            _sending = false;
        }

        await ReadAsync();
    }

    /// <summary>What is wrong with what stands on the screen, by the very rules of sending. What nobody filled in is said once somebody tries to send.</summary>
    private void Judge()
    {
        _errors = new(StringComparer.Ordinal);
        if (_own is not { } own || !CanWrite) return;
        var now = _entries.Where(e => e.IsTouched).Select(e => e.ToEntry(FormTemplate.NumbersOf(_culture)))
            .Select(e => new DraftAnswer(e.Question, e.Content.Trim(), e.Value, string.IsNullOrWhiteSpace(e.Note) ? null : e.Note, 1, "", default)).ToList();
        var (answers, faults) = DraftContent.Of(own.Request, own.Asked, now);
        foreach (var error in JudgementError.Join(faults, AnswerJudge.Judge(own.Request.Questions, answers).Errors))
        {
            var parts = error.Pointer.Split('/');
            var question = parts is ["", "answers", var at, ..] && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                ? answers[position].Question
                : error.Arguments.FirstOrDefault() ?? "";
            if (error.Code != RequestCodes.AnswerRequired || _tried) _errors.TryAdd(question, error.Code == RequestCodes.AnswerRequired ? R("Answer.Required") : Said(error));
        }
    }

    private static List<PastDraft> PastOf(OwnRequest own, AnswerEntry entry) => [.. own.Past.Where(p => p.Question == entry.Question.Id)];

    private string? PreviousOf(AnswerEntry entry)
    {
        if (_own?.Previous.GetValueOrDefault(entry.Question.Id) is not { Value: { } value } previous || !_seen.Indicators.TryGetValue(entry.Question.Indicator!, out var indicator)) return null;
        var local = Province.Local(previous.TimeKey);
        var when = previous.Rhythm == Observed.Measured
            ? local.ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture)
            : PeriodText.Long(ReportingPeriod.Containing(indicator.Rhythm, DateOnly.FromDateTime(local.DateTime)), _culture);
        var area = _seen.Areas.TryGetValue(previous.Area, out var of) ? of.ShortName.In(_culture) : previous.Area;
        return R("Previous", NumberText.Trimmed(value, Math.Max(indicator.Decimals, value.Scale), _culture), indicator.Unit.In(_culture), when, area);
    }

    private string Left(OwnRequest own)
    {
        var left = own.Asked.ActBy - Clock.GetUtcNow();
        return own.Asked switch
        {
            { State: AnswerState.Answered or AnswerState.Accepted, AnsweredAt: { } at } => R("Answered.At", When(at), R($"Punctuality.{own.Asked.Punctuality}")),
            _ when left > TimeSpan.Zero => R("Left", AgeScale.TwoWords(left, _culture)),
            _ => R("Over", AgeScale.TwoWords(-left, _culture)),
        };
    }

    private bool IsMissed(OwnRequest own) => own.Asked.State == AnswerState.Open && own.Asked.DueAt <= Clock.GetUtcNow();

    private string AuthorityName(OwnRequest own) => _seen.Agencies.TryGetValue(own.Request.Authority, out var agency) ? agency.ShortName.In(_culture) : own.Request.Authority;

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    private string Said(JudgementError error) => CodeTexts.Detail(error.Code, error.Arguments, _culture);

    private Task OnCircuitAsync(Func<Task> act)
    {
        // The board's and the clock's threads have a culture of their own.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _culture);
        return InvokeAsync(act);
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _reread?.Dispose();
        _save?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
        _saving.Dispose();
    }
}
