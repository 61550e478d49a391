using System.Globalization;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Portal.Home;

/// <summary>Read at the opening of the page: what it says changes by the day.</summary>
public sealed partial class PunctualityCard
{
    private AgencyMonths? _year;
    private bool _failed;

    [Inject]
    private MeasureAgency Measure { get; set; } = null!;

    [Inject]
    private ILogger<PunctualityCard> Log { get; set; } = null!;

    [Parameter, EditorRequired]
    public required string Agency { get; set; }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            _year = await Measure.BesideAll(Agency, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The desk beside it does not fall with it.
            _failed = true;
            Log.LogWarning(failure, "The punctuality of {Agency} could not be read", Agency);
        }
    }

    /// <summary>Below zero where figures come before their period ends.</summary>
    private static string SpanOf(TimeSpan span) => (span < TimeSpan.Zero ? "−" : "") + AgeScale.TwoWords(span.Duration(), CultureInfo.CurrentUICulture);
}
