using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.IndicatorSet;

/// <summary>
/// The indicator set as it is, was or will be in force on a day (articles 7.1, 9.1c), to be read and printed. Whoever keeps the set sees
/// it whole; it holds no figures. Everybody else sees what their agency may see.
/// </summary>
public sealed partial class IndicatorSetPage
{
    private ImmutableArray<IndicatorVersion> _versions = [];
    private DateOnly _day, _today;
    private bool _notADay;
    private string _me = "";

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    /// <summary>The day whose set is shown; none: today, or the day that the console looks at.</summary>
    [SupplyParameterFromQuery(Name = "date")]
    private string? Date { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var user = (await Session).User;
        _me = user.Identity?.Name ?? "";
        _today = Time.DayOf(Clock.GetUtcNow());
        var asked = DayText.Read(Date);
        _notADay = !string.IsNullOrWhiteSpace(Date) && asked is null;
        _day = asked ?? (Moment.AsOf is { } asOf ? Time.DayOf(asOf) : _today);
        var catalogue = Roles.KeepsTheSet.Any(user.IsInRole) ? Catalogues.Current : Catalogues.Current.SeenBy(Moment.Sight);
        _versions = [.. catalogue.Book.SetAt(_day)];
    }
}
