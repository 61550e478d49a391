using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.IndicatorSet;

/// <summary>The set of one day by field, each indicator with the decision that it rests on.</summary>
public sealed partial class SetPaper
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ImmutableArray<IndicatorVersion> Versions { get; set; }

    [Parameter, EditorRequired]
    public required DateOnly Day { get; set; }

    /// <summary>User name of whoever prints it.</summary>
    [Parameter]
    public string PrintedBy { get; set; } = "";

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private DateTimeOffset Local => Time.Local(Clock.GetUtcNow());
}
