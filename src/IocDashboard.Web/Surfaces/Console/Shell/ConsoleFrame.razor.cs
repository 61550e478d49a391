using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>Navigation, bars and the page. Redraws for another page or the drawer, never for a change on the board.</summary>
public sealed partial class ConsoleFrame
{
    private RenderFragment? _drawn;
    private (bool, bool) _drawnOpen;
    private bool _asOfOpen;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter]
    public RenderFragment? Body { get; set; }

    private bool IsNavOpen { get; set; } = true;

    /// <summary>The overview always shows the bar of the instant; other pages open it from the top bar.</summary>
    private bool IsOverview => string.Equals(new Uri(Navigation.Uri).AbsolutePath.TrimEnd('/'), ConsoleLinks.Root, StringComparison.OrdinalIgnoreCase);

    protected override bool ShouldRender()
    {
        if (ReferenceEquals(_drawn, Body) && _drawnOpen == (IsNavOpen, _asOfOpen)) return false;
        (_drawn, _drawnOpen) = (Body, (IsNavOpen, _asOfOpen));
        return true;
    }
}
