using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Portal.Measures;

/// <summary>How punctually the agency reported, month by month of its deadlines over the last year.</summary>
public sealed partial class ResultsPage
{
    private const int Months = 12;

    private readonly List<(string Month, Domain.Reporting.Timeliness Measure)> _months = [];
    private bool _loaded;

    [Inject]
    private MeasureTimeliness Measure { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var agency = (await Session).User.FindFirst(AccessClaims.Agency)?.Value ?? "";
        var year = await Measure.OfAgency(agency, ReportingPeriod.Containing(Rhythm.Monthly, Province.DayOf(Clock.GetUtcNow())), Months, CancellationToken.None);
        foreach (var (month, own, _) in year.Months.Reverse().Where(m => m.Own.Expected > 0)) _months.Add((Shared.PeriodText.Long(month, CultureInfo.CurrentUICulture), own));
        _loaded = true;
    }

    private static string Percent(decimal? rate) => rate is { } r ? (r * 100).ToString("0.#", CultureInfo.CurrentCulture) + "%" : "—";
}
