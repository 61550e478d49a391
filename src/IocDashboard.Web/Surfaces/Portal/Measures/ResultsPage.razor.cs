using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Measures;

/// <summary>How punctually the agency reported, month by month of its deadlines over the last year; each number opens the list behind it.</summary>
public sealed partial class ResultsPage
{
    // A month of one agency has some dozens.
    private const int MostListed = 200;

    private readonly List<(ReportingPeriod Month, Domain.Reporting.Timeliness Measure)> _months = [];
    private (ReportingPeriod Month, TimelinessPart Part, IReadOnlyList<MeasuredObligation> Obligations)? _list;
    private bool _loaded;

    [Inject]
    private MeasureAgency Measure { get; set; } = null!;

    [Inject]
    private MeasureTimeliness Obligations { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "month")]
    private string? MonthText { get; set; }

    [SupplyParameterFromQuery(Name = "part")]
    private string? PartText { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var agency = (await Session).User.FindFirst(AccessClaims.Agency)?.Value ?? "";
        if (!_loaded)
        {
            var year = await Measure.ByMonth(agency, CancellationToken.None);
            _months.AddRange(year.Reverse().Where(m => m.Measure.Expected > 0).Select(m => (m.Month, m.Measure)));
            _loaded = true;
        }

        if (!ReportingPeriod.TryParse(MonthText, out var month) || month.Rhythm != Rhythm.Monthly
            || !Enum.TryParse<TimelinessPart>(PartText, ignoreCase: true, out var part) || !Enum.IsDefined(part))
        {
            _list = null;
            return;
        }

        if (_list is { } list && list.Month == month && list.Part == part) return;
        var (obligations, _) = await Obligations.List(
            Province.StartOf(month.FirstDay), Province.StartOf(month.Next.FirstDay), TimelinessGroup.Agency, agency, part, Sight.OfNobody, MostListed,
            CancellationToken.None, agency: agency);
        _list = (month, part, obligations);
    }

    private static string HrefOf(ReportingPeriod month, TimelinessPart part) => $"{PortalLinks.Results}?month={month}&part={part.ToString().ToLowerInvariant()}";

    private static string HrefOf(MeasuredObligation one) =>
        one.Report is { } report ? $"{PortalLinks.Root}/reports/{Uri.EscapeDataString(report.Form)}/{report.Period}" : PortalLinks.Request(one.Id);

    private static string TitleOf(MeasuredObligation one) =>
        one.Report is { } report ? $"{report.Form} · {NameOf(ReportingPeriod.Parse(report.Period))}" + (one.IsUpdate ? $" · {T("Results.OnChange")}" : "") : $"{one.Id} · {T("Results.OnRequest")}";

    private static string NameOf(ReportingPeriod period) => Shared.PeriodText.Long(period, CultureInfo.CurrentUICulture);

    private static string NameOf(TimelinessPart part) => T(part is TimelinessPart.Expected or TimelinessPart.Received ? $"Results.{part}" : $"Punct.{part}");

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

}
