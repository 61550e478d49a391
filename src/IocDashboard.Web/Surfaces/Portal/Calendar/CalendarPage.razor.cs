using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Shared.Requests;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Calendar;

/// <summary>All deadlines of the agency in one year, a month on a line, and one month's in words. Its reports are read once for each year opened.</summary>
public sealed partial class CalendarPage : IDisposable
{
    private const int MostRequests = 500, Months = 12, FarthestYear = 10;

    private readonly CancellationTokenSource _closed = new();
    private ImmutableArray<DueMonth> _months = [];
    private ReportingPeriod _shown;
    private DateOnly _today;

    // The years that the months are of, and that could not be read: another may have been asked for since.
    private int? _read, _failed;

    [Inject]
    private FindDue Find { get; set; } = null!;

    [Inject]
    private FindOwnRequests Requests { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<CalendarPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "year")]
    private string? YearText { get; set; }

    /// <summary>The month that is shown in words, as in SDMX: <c>2026-11</c>; its year goes before <c>year</c>.</summary>
    [SupplyParameterFromQuery(Name = "month")]
    private string? MonthText { get; set; }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private bool IsRead => _read == _shown.Year;

    private bool HasFailed => !IsRead && _failed == _shown.Year;

    /// <summary>Of the year that is shown; none until it is read.</summary>
    private ImmutableArray<DueMonth> Year => IsRead ? _months : [];

    private IEnumerable<DueDay> Listed => Year.Where(m => m.Month == _shown).SelectMany(m => m.Days).Where(d => d.Mark is not null);

    private string Lead
    {
        get
        {
            var marks = _months.SelectMany(m => m.Items).CountBy(i => i.Mark).ToDictionary();
            return T("Cal.Lead", marks.Values.Sum(), marks.GetValueOrDefault(DueMark.Done), marks.GetValueOrDefault(DueMark.Hot), marks.GetValueOrDefault(DueMark.Open) + marks.GetValueOrDefault(DueMark.Coming), marks.GetValueOrDefault(DueMark.Lost));
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        _today = Province.DayOf(Clock.GetUtcNow());
        _shown = MonthOf(MonthText, YearText, _today);
        if (!IsRead) await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var (year, closed) = (_shown.Year, _closed.Token);
        _failed = null;
        try
        {
            var agency = (await Session).User.FindFirst(AccessClaims.Agency)?.Value ?? "";
            var now = Clock.GetUtcNow();
            var first = ReportingPeriod.Containing(Rhythm.Monthly, new DateOnly(year, 1, 1));
            var (from, before) = (Province.StartOf(first.FirstDay), Province.StartOf(first.FirstDay.AddMonths(Months)));
            var reports = await Find.Handle(agency, from, before, closed);
            var requests = await Requests.Handle(AgencyScope.Of(agency), from, MostRequests, closed);
            // Whoever pressed on meanwhile waits for another year: its own reading brings it.
            if (year != _shown.Year) return;
            _months = new DueCalendar(Catalogue.Current, agency, now, Province, Culture).Of(first, Months, reports, requests);
            _read = year;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (year == _shown.Year) _failed = year;
            Log.LogWarning(failure, "The calendar of {Year} could not be read", year);
        }
    }

    /// <summary>The first month of a year; of the present one, and where nothing was asked that can be answered, the present month.</summary>
    private static ReportingPeriod MonthOf(string? month, string? year, DateOnly today)
    {
        foreach (var text in new[] { month, year })
        {
            if (!ReportingPeriod.TryParse(text ?? "", out var asked) || Math.Abs(asked.Year - today.Year) > FarthestYear) continue;
            if (asked.Rhythm == Rhythm.Monthly) return asked;
            if (asked.Rhythm == Rhythm.Yearly && asked.Year != today.Year) return ReportingPeriod.Containing(Rhythm.Monthly, asked.FirstDay);
        }

        return ReportingPeriod.Containing(Rhythm.Monthly, today);
    }

    private static string? TitleOf(DueDay day) => day.Items.IsEmpty
        ? null
        : day.Day.ToString(T("Cal.Day"), Culture) + "\n" + string.Join('\n', day.Items.Select(i => $"{i.Title}, {i.Period}: {StateOf(i)}"));

    private static string StateOf(DueItem item) => item switch
    {
        { Request: { } answer } => RequestWords.R(item.State == ObligationState.Overdue ? "Mark.Overdue" : $"Mark.{answer}"),
        { Href: null } => T("Cal.Planned"),
        _ => T($"State.{item.State}"),
    };

    private static string IdOf(DateOnly day) => "d-" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
