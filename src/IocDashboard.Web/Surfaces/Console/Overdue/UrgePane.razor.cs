using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Platform.Mail;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Urgings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

/// <summary>Writes one letter for each agency whose reports were picked, and sends them; each goes whole or not at all.</summary>
public sealed partial class UrgePane : IDisposable
{
    private const int RetrySeconds = 5;
    private static readonly TimeOnly Evening = new(17, 0);

    private readonly CancellationTokenSource _closed = new();
    private ImmutableArray<LetterDraft> _drafts = [];
    private IReadOnlyList<Urging> _before = [];
    private AuditActor _me = AuditActor.Itself;
    private int _shown;
    private string? _name, _email, _failure;
    private bool _busy;

    [Inject] private FindRecipients Recipients { get; set; } = null!;
    [Inject] private FindUrgings Urgings { get; set; } = null!;
    [Inject] private UrgeReportsHandler Urge { get; set; } = null!;
    [Inject] private PeopleNames Names { get; set; } = null!;
    [Inject] private MailSettings Mail { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private ILogger<UrgePane> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter, EditorRequired] public required ImmutableArray<OpenReport> Reports { get; set; }
    [Parameter, EditorRequired] public required ConsoleMoment Moment { get; set; }

    /// <summary>Numbers of the letters that were sent, and where each is found as a document.</summary>
    [Parameter] public EventCallback<ImmutableArray<(string Number, string Href)>> Sent { get; set; }

    [Parameter] public EventCallback Cancelled { get; set; }

    private bool IsOffice { get; set; }

    /// <summary>On whose authority.</summary>
    private string Body { get; set; } = "";

    private LetterDraft? Draft => _drafts.IsEmpty ? null : _drafts[_shown];

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_me, IsOffice, Body) = (AuditActor.Of(user, address: null), UrgingRights.IsOffice(user), UrgingRights.BodyOf(user));
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            var agencies = Reports.Select(r => r.Agency.Code).Distinct(StringComparer.Ordinal).ToList();
            var known = await Recipients.Handle(agencies, LetterWords.Head, _closed.Token);
            _before = await Urgings.About([.. Reports.Select(r => r.Id)], _closed.Token);
            var now = Clock.GetUtcNow();
            var words = new LetterWords(Moment.Board.Catalogue, Province, now);
            _drafts = [.. Reports.GroupBy(r => r.Agency.Code, StringComparer.Ordinal).Select(g => new LetterDraft([.. g], known[g.Key], IsOffice, UsualAnswer(g.Key, now), words.Of) { ByEmail = Mail.IsConfigured })];
            _failure = null;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = FailureTrace.Short();
            Log.LogWarning(failure, "Recipients of urging could not be read ({Trace})", _failure);
        }
    }

    /// <summary>The end of the next working day, by the agency's own calendar.</summary>
    private DateTimeOffset UsualAnswer(string agency, DateTimeOffset now) =>
        Province.At(Moment.Board.Catalogue.CalendarOf(agency).AddWorkingDays(Province.DayOf(now), 1), Evening);

    private void AnswerUntil(LetterDraft draft, string? typed)
    {
        var until = DayText.ReadInstant(typed, Province);
        draft.Wrong = until is null ? T("Lock.Until.Wrong") : null;
        if (until is { } instant) draft.AnswerUntil(instant);
    }

    private string AnswerIn(LetterDraft draft)
    {
        var days = ReportRows.WorkingDays(Moment.Board.Catalogue.CalendarOf(draft.Agency), Province.DayOf(Clock.GetUtcNow()), Province.DayOf(draft.AnswerBy));
        return days > 0 ? T(days == 1 ? "Od.WorkingDay" : "Od.WorkingDays", days) : "";
    }

    private void Add()
    {
        if (Draft is not { } draft || string.IsNullOrWhiteSpace(_name)) return;
        draft.Recipients.Add(new(new(_name.Trim(), "", string.IsNullOrWhiteSpace(_email) ? null : _email.Trim())));
        (_name, _email) = (null, null);
    }

    private async Task SendAsync()
    {
        if (_busy) return;
        _busy = true;
        foreach (var draft in _drafts.Where(d => d.Number is null)) await SendAsync(draft);
        _busy = false;
        if (Array.FindIndex([.. _drafts], d => d.Wrong is not null) is >= 0 and var wrong) _shown = wrong;
        else await Sent.InvokeAsync([.. _drafts.Select(d => (d.Number!, UrgingLetterEndpoint.Path(d.Id)))]);
    }

    /// <summary>Once begun it is not given up with the page. Sent again after a failure it is the same letter, by its id.</summary>
    private async Task SendAsync(LetterDraft draft)
    {
        try
        {
            var outcome = await Urge.Handle(draft.Write(), Body, IsOffice, _me, CancellationToken.None);
            (draft.Number, draft.Wrong) = (outcome.Number, outcome.Accepted ? null : CodeTexts.Detail(outcome.Errors[0].Code, outcome.Errors[0].Arguments, Culture));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            draft.Wrong = T("Urge.Failed", FailureTrace.Short());
            Log.LogWarning(failure, "Letter {Letter} of urging could not be sent", draft.Id);
        }
    }

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
