using System.Globalization;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Portal.Measures;

/// <summary>How punctually the agency reported, month by month of its deadlines over the last year.</summary>
public sealed partial class ResultsPage
{
    private readonly List<(string Month, Domain.Reporting.Timeliness Measure)> _months = [];
    private bool _loaded;

    [Inject]
    private MeasureAgency Measure { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var agency = (await Session).User.FindFirst(AccessClaims.Agency)?.Value ?? "";
        var year = await Measure.ByMonth(agency, CancellationToken.None);
        foreach (var (month, own) in year.Reverse().Where(m => m.Measure.Expected > 0)) _months.Add((Shared.PeriodText.Long(month, CultureInfo.CurrentUICulture), own));
        _loaded = true;
    }

    private static string Percent(decimal? rate) => rate is { } r ? (r * 100).ToString("0.#", CultureInfo.CurrentCulture) + "%" : "—";
}
