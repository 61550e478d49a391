using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Features.Timeliness;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Portal.Home;

/// <summary>Read once for each opening of the page: what it says changes by the day.</summary>
public sealed partial class PunctualityCard
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private Domain.Reporting.Timeliness? _own, _all;
    private bool _loaded;

    [Inject]
    private MeasureTimeliness Measure { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required string Agency { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var now = Clock.GetUtcNow();
        var groups = await Measure.Handle(now - Year, now, TimelinessGroup.Agency, Sight.OfNobody, CancellationToken.None);
        _own = groups.Find(g => g.Group == Agency)?.Measure;
        _all = groups.Aggregate(Domain.Reporting.Timeliness.None, (sum, g) => sum + g.Measure);
        _loaded = true;
    }

    private static string Percent(decimal? rate) => rate is { } r ? (r * 100).ToString("0.#", CultureInfo.CurrentCulture) + "%" : "—";
}
