using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

/// <summary>
/// Every report that is overdue, was received late, was sent back or is due soon; live, worst first, each with who was told and urged about it. Those
/// that are still owed can be picked and urged, excused, extended, followed or noted, one or many at once.
/// </summary>
public sealed partial class OverdueBoard : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly HashSet<string> _picked = new(StringComparer.Ordinal);
    private ImmutableArray<(string Number, string Href)> _letters = [];
    private ReportReader _reader = ReportReader.Nobody;
    private ReportChip _chip;
    private PursuitAct? _act;
    private ImmutableArray<OpenReport> _urged = [];
    private int _opened;
    private AgencyScope _scope = AgencyScope.None;
    private AuditActor _me = AuditActor.Itself;
    private DateTimeOffset? _unnamedAt;
    private string? _said;
    private bool _wrong, _mayUrge;

    private static readonly (ReportTab Tab, string Name)[] Tabs =
        [(ReportTab.Overdue, "Od.Tab.Overdue"), (ReportTab.Late, "Od.Tab.Late"), (ReportTab.Returned, "Od.Tab.Returned"), (ReportTab.Soon, "Od.Tab.Soon"), (ReportTab.All, "Od.Tab.All")];

    private ReportTab _tab = ReportTab.Overdue;
    private string _search = "";
    private ReportRows _rows = new([], 0, 0, 0, 0, []);
    private ImmutableArray<Bucket> _buckets = [];
    private ImmutableArray<Bucket> _reached = [];
    private (long, DateTimeOffset?)? _second;
    private bool _changed = true;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private FocalPointCount FocalPoints { get; set; } = null!;

    [Inject]
    private PursueReportHandler Pursue { get; set; } = null!;

    [Inject]
    private PeopleNames Names { get; set; } = null!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<OverdueBoard> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    /// <summary>The box itself keeps what was typed, to the letter: what is drawn for an earlier letter must not take a later one away.</summary>
    private string Searched => _search.Trim();

    /// <summary>Acts are of today: in the past nothing can be done.</summary>
    private bool CanPursue => RendererInfo.IsInteractive && _mayUrge && Moment.IsLive;

    private bool AllPicked => _picked.Count > 0 && _rows.Rows.Where(r => r.CanPursue).All(r => _picked.Contains(r.Id));

    /// <summary>In the order of the board.</summary>
    private ImmutableArray<OpenReport> Picked => [.. _picked.Select(id => Moment.Board.Reports.GetValueOrDefault(id)).OfType<OpenReport>().OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_scope, _me) = (FocalPointRights.ToRead(user), AuditActor.Of(user, address: null));
        _mayUrge = (await Authorization.AuthorizeAsync(user, Policies.Urge)).Succeeded;
        _reader = _reader with { Me = _me.Name, Letters = _scope };
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_unnamedAt is { } read && (Moment.Now - read).Duration() < FocalPointCount.ReadEvery) return;
        _unnamedAt = Moment.Now;
        try
        {
            _reader = _reader with { Unnamed = (await FocalPoints.AgenciesWithoutAt(Moment.Now, _scope, _closed.Token)).ToHashSet(StringComparer.Ordinal) };
            _second = null;
            Compose();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            // Whoever was known to have named nobody stays so; the register's page says what cannot be read.
        }
    }

    protected override void OnParametersSet()
    {
        var second = (Moment.Now.ToUnixTimeSeconds(), Moment.AsOf);
        if (Moment.IsLive && _second == second) return;
        _second = second;
        Compose();
    }

    protected override bool ShouldRender() => _changed && !(_changed = false);

    private void Choose(ReportTab tab)
    {
        _tab = tab;
        Compose();
    }

    private void Choose(ReportChip chip)
    {
        _chip = _chip == chip ? ReportChip.None : chip;
        _changed = true;
        Compose();
    }

    /// <summary>A letter stays about what it was begun for, whatever arrives meanwhile: what is no longer owed is refused when it is sent.</summary>
    private void Open(PursuitAct? act)
    {
        if (act is PursuitAct.Urge) (_urged, _opened) = (Picked, _opened + 1);
        (_act, _changed) = (act, true);
    }

    private void Pick(string report)
    {
        if (!_picked.Remove(report)) _picked.Add(report);
        _changed = true;
    }

    private void PickAll(ChangeEventArgs e)
    {
        if (e.Value is true) _picked.UnionWith(_rows.Rows.Where(r => r.CanPursue).Select(r => r.Id));
        else _picked.Clear();
        _changed = true;
    }

    private void ClearPicked()
    {
        _picked.Clear();
        (_act, _changed) = (null, true);
    }

    private async Task HandBackAsync()
    {
        try
        {
            foreach (var report in Picked.Where(r => r.Pursuit.FollowedBy is not null))
                if (await Pursue.HandBack(report.Id, _me, _closed.Token) is [var error, ..])
                {
                    Say(CodeTexts.Detail(error.Code, error.Arguments, CultureInfo.CurrentUICulture), isWrong: true);
                    return;
                }
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            // Those that were handed back before it stay so: whoever tries again goes on with the rest.
            var trace = FailureTrace.Short();
            Log.LogWarning(failure, "Reports could not be handed back, trace {Trace}", trace);
            Say(T("Od.HandBack.Failed", trace), isWrong: true);
            return;
        }

        Say(T("Od.Done.HandBack"), isWrong: false);
        ClearPicked();
    }

    private Task DoneAsync(string said)
    {
        Say(said, isWrong: false);
        ClearPicked();
        return Task.CompletedTask;
    }

    private Task SentAsync(ImmutableArray<(string Number, string Href)> letters)
    {
        Say(T("Urge.Sent", letters.Length, string.Join(", ", letters.Select(l => l.Number))), isWrong: false);
        _letters = letters;
        ClearPicked();
        return Task.CompletedTask;
    }

    private void Say(string said, bool isWrong) => (_said, _wrong, _letters, _changed) = (said, isWrong, [], true);

    private void Search(string? typed)
    {
        _search = typed ?? "";
        Compose();
    }

    private void ClearSearch()
    {
        _search = "";
        _changed = true;
        Compose();
    }

    private void Compose()
    {
        // What has arrived meanwhile, or was excused, can no longer be urged.
        if (_picked.RemoveWhere(id => Moment.Board.Reports.GetValueOrDefault(id) is not { IsPursued: true }) > 0) _changed = true;
        if (_picked.Count == 0 && _act is not PursuitAct.Urge) _act = null;
        var rows = ReportRows.Of(Moment.Board, _tab, _chip, Searched, _reader, Moment.Now, Moment.AsOf, Province, CultureInfo.CurrentUICulture);
        var (buckets, reached) = Counts();
        if (rows.Rows.SequenceEqual(_rows.Rows) && rows.All == _rows.All && rows.Overdue == _rows.Overdue && rows.Chips.SequenceEqual(_rows.Chips)
            && buckets.SequenceEqual(_buckets) && reached.SequenceEqual(_reached)) return;
        (_rows, _buckets, _reached, _changed) = (rows, buckets, reached, true);
    }

    private (ImmutableArray<Bucket> Ages, ImmutableArray<Bucket> Reached) Counts()
    {
        var overdue = Moment.Board.Reports.Values.Where(r => r.IsOverdue).ToList();
        var days = overdue.Select(r => (Moment.Now - r.DueAt).TotalDays).ToList();
        return (
            Of(days.Count, ("Od.Bucket.Day", days.Count(d => d < 1)), ("Od.Bucket.3", days.Count(d => d is >= 1 and < 3)), ("Od.Bucket.7", days.Count(d => d is >= 3 and < 7)), ("Od.Bucket.More", days.Count(d => d >= 7))),
            Of(
                overdue.Count, ("Od.Reached.Told", overdue.Count(r => r.Pursuit.LastTold is not null)), ("Od.Reached.Urged", overdue.Count(r => r.Pursuit.Urgings.Count == 1)),
                ("Od.Reached.UrgedAgain", overdue.Count(r => r.Pursuit.Urgings.Count > 1)), ("Od.Reached.Office", overdue.Count(HasReachedOffice)),
                ("Od.Reached.Followed", overdue.Count(r => r.Pursuit.FollowedBy is not null))));

        static ImmutableArray<Bucket> Of(int whole, params ReadOnlySpan<(string Name, int Count)> counts)
        {
            var buckets = ImmutableArray.CreateBuilder<Bucket>(counts.Length);
            foreach (var (name, count) in counts)
                buckets.Add(new Bucket(name, count, whole == 0 ? 0 : Math.Min(100, count * 100 / whole), name == "Od.Bucket.More"));
            return buckets.ToImmutable();
        }
    }

    private static bool HasReachedOffice(OpenReport report) =>
        report.Pursuit.Steps.Any(s => s.Outcome == StepOutcome.Told && s.To.Contains(Audience.Office)) || report.Pursuit.Urgings.Any(u => u.Level == UrgingLevel.Office);

    private static string OdClass(FigureState state) => state switch
    {
        FigureState.Critical => "od-crit",
        FigureState.Warning => "od-warn",
        _ => "od-n",
    };

    private sealed record Bucket(string Name, int Count, int Share, bool IsCritical);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
