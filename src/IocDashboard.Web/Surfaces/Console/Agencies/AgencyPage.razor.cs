using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Surfaces.Console.Overdue;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Agencies;

/// <summary>One agency's record: how punctually it reported over twelve months, what it owes now, and the letters by which it was urged.</summary>
/// <remarks>Months and letters are of the present, whatever instant the console looks at; what is owed follows the console.</remarks>
public sealed partial class AgencyPage : IDisposable
{
    /// <summary>The board changes several times a second on a busy morning.</summary>
    private static readonly TimeSpan LettersSoonest = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _closed = new();
    private AgencyMonths? _year;
    private IReadOnlyList<Urging>? _letters;
    private ReportRows _rows = new([], 0, 0, 0, 0, []);
    private ReportReader _reader = ReportReader.Nobody;
    private string? _read, _failure;
    private BoardState? _of;
    private DateTimeOffset _lettersAt;
    private bool _changed = true;

    [Inject] private CatalogueCache Catalogues { get; set; } = null!;
    [Inject] private MeasureAgency Measure { get; set; } = null!;
    [Inject] private FindUrgings Urgings { get; set; } = null!;
    [Inject] private FocalPointCount FocalPoints { get; set; } = null!;
    [Inject] private PeopleNames Names { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private ILogger<AgencyPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [Parameter]
    public string Code { get; set; } = "";

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private Agency? Agency => Catalogues.Current.Agencies.GetValueOrDefault(Code);

    protected override async Task OnParametersSetAsync()
    {
        Compose();
        if (Agency is null) return;
        if (_read != Code)
        {
            _read = Code;
            await ReadAsync();
        }
        // A letter, its answer and its first reading each change a report on the board.
        else if (_letters is not null && !ReferenceEquals(_of, Moment.Board) && (Moment.Now - _lettersAt).Duration() >= LettersSoonest) await ReadLettersAsync();
    }

    /// <summary>The console's second brings nothing new by itself.</summary>
    protected override bool ShouldRender() => _changed && !(_changed = false);

    private void Compose()
    {
        var owed = Moment.Board.Reports.Where(r => r.Value.Agency.Code == Code && r.Value.IsPursued);
        var rows = ReportRows.Of(
            Moment.Board with { Reports = Moment.Board.Reports.Clear().AddRange(owed) }, ReportTab.All, ReportChip.None, "", _reader, Moment.Now, Moment.AsOf, Province, Culture);
        if (rows.Rows.SequenceEqual(_rows.Rows)) return;
        (_rows, _changed) = (rows, true);
    }

    private async Task ReadLettersAsync()
    {
        (_of, _lettersAt) = (Moment.Board, Moment.Now);
        try
        {
            var letters = await Urgings.OfAgency(Code, _closed.Token);
            if (_letters is { } shown && shown.Select(StandOf).SequenceEqual(letters.Select(StandOf))) return;
            (_letters, _changed) = (letters, true);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What was read stays; the next change of the board reads again.
            Log.LogWarning(failure, "The letters to {Agency} could not be read", Code);
        }
    }

    private async Task ReadAsync()
    {
        (_of, _lettersAt, _changed) = (Moment.Board, Moment.Now, true);
        try
        {
            _year = await Measure.BesideAll(Code, _closed.Token);
            // What was written between the centre and an agency is theirs.
            var scope = FocalPointRights.ToRead((await Session).User);
            _reader = new((await FocalPoints.AgenciesWithoutAt(Moment.Now, scope, _closed.Token)).ToHashSet(StringComparer.Ordinal), "", scope);
            _letters = scope.Covers(Code) ? await Urgings.OfAgency(Code, _closed.Token) : null;
            _failure = null;
            _changed = true;
            Compose();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            (_failure, _changed) = (FailureTrace.Short(), true);
            Log.LogWarning(failure, "The record of {Agency} could not be read ({Trace})", Code, _failure);
        }
    }

    private static (Guid, DateTimeOffset?, DateTimeOffset?) StandOf(Urging letter) => (letter.Id, letter.ReadAt, letter.RepliedAt);

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
