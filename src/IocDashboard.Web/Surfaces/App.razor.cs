using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace IocDashboard.Web.Surfaces;

public sealed partial class App
{
    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    /// <summary>A display names its language in its address; anyone else's was settled for the request.</summary>
    private string Language => IsDisplay
        ? DisplayCulture.Of(HttpContext.Request.Query["lang"]).TwoLetterISOLanguageName
        : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "vi";

    /// <summary>A person's choice at this desk, kept in a cookie by the page's own script; where nobody chose, dark in the centre's rooms and light at the agencies' desks.</summary>
    private string Theme => IsDisplay ? "wall" : HttpContext.Request.Cookies["ioc-theme"] switch
    {
        "light" => "light",
        "dark" => "dark",
        _ => IsPortal ? "light" : "dark",
    };

    private string? Density => IsDisplay ? null : IsPortal ? "comfort" : "compact";

    private bool IsPortal => HttpContext.Request.Path.StartsWithSegments("/portal", StringComparison.OrdinalIgnoreCase);

    private bool IsDisplay => HttpContext.GetEndpoint()?.Metadata.GetMetadata<DisplayPageAttribute>() is not null;

    /// <summary>Static for displays and for pages marked with <c>[ExcludeFromInteractiveRouting]</c>; a circuit for the rest.</summary>
    private IComponentRenderMode? Mode =>
        !IsDisplay && HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
