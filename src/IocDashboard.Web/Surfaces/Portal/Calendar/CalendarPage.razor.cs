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
public sealed partial class CalendarPage
{
    private const int MostRequests = 500, Months = 12, FarthestYear = 10;

    private ImmutableArray<DueMonth> _months = [];
    private ReportingPeriod _shown;
    private DateOnly _today;
    private int _year;
    private bool _read;

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

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "year")]
    private string? YearText { get; set; }

    /// <summary>The month that is shown in words, as in SDMX: <c>2026-11</c>; its year goes before <c>year</c>.</summary>
    [SupplyParameterFromQuery(Name = "month")]
    private string? MonthText { get; set; }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private IEnumerable<DueDay> Listed => _months.Where(m => m.Month == _shown).SelectMany(m => m.Days).Where(d => d.Mark is not null);

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
        var now = Clock.GetUtcNow();
        _today = Province.DayOf(now);
        _shown = MonthOf(MonthText, YearText, _today);
        if (_read && _year == _shown.Year) return;
        (_year, _months) = (_shown.Year, []);
        var agency = (await Session).User.FindFirst(AccessClaims.Agency)?.Value ?? "";
        var first = ReportingPeriod.Containing(Rhythm.Monthly, new DateOnly(_year, 1, 1));
        var (from, before) = (Province.StartOf(first.FirstDay), Province.StartOf(first.FirstDay.AddMonths(Months)));
        var reports = await Find.Handle(agency, from, before, CancellationToken.None);
        var requests = await Requests.Handle(AgencyScope.Of(agency), from, MostRequests, CancellationToken.None);
        _months = new DueCalendar(Catalogue.Current, agency, now, Province, Culture).Of(first, Months, reports, requests);
        _read = true;
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
}
