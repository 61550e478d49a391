using System.Globalization;
using System.Security.Claims;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace IocDashboard.Web.Surfaces.Portal.Shell;

/// <summary>What stands around every page of the portal: where one may go, whether the page is connected, who one is.</summary>
public sealed partial class PortalLayout : IDisposable
{
    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private PeopleNames Names { get; set; } = null!;

    private static string OtherLanguage => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "vi" : "en";

    /// <summary>A plain load: a circuit keeps the language it began with.</summary>
    private string LanguageHref => Navigation.GetUriWithQueryParameter("lang", OtherLanguage);

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    private string AgencyName(ClaimsPrincipal user) =>
        Catalogue.Current.Agencies.TryGetValue(user.FindFirstValue(AccessClaims.Agency) ?? "", out var agency) ? agency.ShortName.In(CultureInfo.CurrentUICulture) : "";

    private string NameOf(ClaimsPrincipal user) => Names.Of(user.Identity?.Name ?? "");

    /// <summary>Of the family's and of the given name, the first and the last.</summary>
    private static string Initials(string name) =>
        name.Split([' ', '-', '.'], StringSplitOptions.RemoveEmptyEntries) is [var first, .. var rest] ? string.Concat(new[] { first }.Concat(rest.TakeLast(1)).Select(w => char.ToUpperInvariant(w[0]))) : "";

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;
}
