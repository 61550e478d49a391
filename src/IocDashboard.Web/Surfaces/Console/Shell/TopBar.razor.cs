using System.Globalization;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>Where one is (the page's own crumbs), what is abnormal in the province, theme and language.</summary>
public sealed partial class TopBar : IDisposable
{
    private (int, int, int, int, bool, bool, bool, string)? _drawn;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [Parameter]
    public EventCallback ToggleNav { get; set; }

    [Parameter]
    public EventCallback ToggleAsOf { get; set; }

    /// <summary>False where the bar always stands open.</summary>
    [Parameter]
    public bool CanToggleAsOf { get; set; }

    [Parameter]
    public bool AsOfOpen { get; set; }

    private static string OtherLanguage => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "vi" : "en";

    /// <summary>The same page in the other language: a plain load, because a circuit keeps the language it began with.</summary>
    private string LanguageHref => Navigation.GetUriWithQueryParameter("lang", OtherLanguage);

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    protected override bool ShouldRender()
    {
        var sum = Moment.Summary;
        var shown = (sum.Critical, sum.Warning, sum.Lost, sum.Overdue, Moment.IsLive, CanToggleAsOf, AsOfOpen, Navigation.Uri);
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;
}
