using System.Globalization;
using System.Security.Claims;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
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

    private static string OtherLanguage => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "vi" : "en";

    /// <summary>A plain load: a circuit keeps the language it began with.</summary>
    private string LanguageHref => Navigation.GetUriWithQueryParameter("lang", OtherLanguage);

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    private string AgencyName(ClaimsPrincipal user) =>
        Catalogue.Current.Agencies.TryGetValue(user.FindFirstValue(AccessClaims.Agency) ?? "", out var agency) ? agency.ShortName.In(CultureInfo.CurrentUICulture) : "";

    private static string Initials(string? name) => string.Concat((name ?? "").Split(' ', '-', '.').Where(w => w.Length > 0).Take(2).Select(w => char.ToUpperInvariant(w[0])));

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;
}
