using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.RightsReviews;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.RightsReview;

/// <summary>Everybody's rights by role set, the keys, the screens, and what changed: to be read through and signed.</summary>
public sealed partial class RightsPaper
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required RightsAt Rights { get; set; }

    /// <summary>The instant of the review before; null when there was none.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    [Parameter]
    public IReadOnlyList<RightsChange> Changes { get; set; } = [];

    /// <summary>User name of whoever prints it.</summary>
    [Parameter]
    public string PrintedBy { get; set; } = "";

    private DateTimeOffset Local => Time.Local(Clock.GetUtcNow());

    private IEnumerable<(RoleSet? Set, IReadOnlyList<PersonRights> People)> Groups =>
        from person in Rights.People
        group person by person.Set into grouped
        orderby grouped.Key ?? (RoleSet)int.MaxValue
        select (grouped.Key, (IReadOnlyList<PersonRights>)[.. grouped.OrderBy(p => PlaceOf(p.Agency)).ThenBy(p => p.UserName, StringComparer.OrdinalIgnoreCase)]);

    private static string NameOf(RoleSet? set) => set?.ToString() ?? "None";

    private static string IdOf(RoleSet? set) => "set-" + NameOf(set);

    // In the register's order, as the province writes its agencies.
    private int PlaceOf(string agency) => Catalogue.Current.Agencies.TryGetValue(agency, out var known) ? Catalogue.Current.AgencyList.IndexOf(known) : int.MaxValue;

    private string DayOf(DateTimeOffset? instant) => instant is { } at ? DayText.Of(Time.DayOf(at)) : "—";
}
