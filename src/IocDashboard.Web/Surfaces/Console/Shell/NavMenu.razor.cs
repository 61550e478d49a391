using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>The same place for the same thing on every page; only functions that exist.</summary>
public sealed partial class NavMenu : IDisposable
{
    private (BoardSummary Summary, DateTimeOffset? AsOf, string Path)? _drawn;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    private string Path => new Uri(Navigation.Uri).AbsolutePath.TrimEnd('/');

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    protected override bool ShouldRender()
    {
        var shown = (Moment.Summary, Moment.AsOf, Path);
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
    }

    private string Class(string path) => IsCurrent(path) ? "ni on" : "ni";

    private string? Current(string path) => IsCurrent(path) ? "page" : null;

    private bool IsCurrent(string path) => string.Equals(Path, ConsoleLinks.Root + path, StringComparison.OrdinalIgnoreCase);

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;
}
