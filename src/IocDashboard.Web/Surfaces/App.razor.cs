using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace IocDashboard.Web.Surfaces;

public sealed partial class App
{
    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    private bool IsDisplay => HttpContext.GetEndpoint()?.Metadata.GetMetadata<DisplayPageAttribute>() is not null;

    /// <summary>Static for displays and for pages marked with <c>[ExcludeFromInteractiveRouting]</c>; a circuit for the rest.</summary>
    private IComponentRenderMode? Mode =>
        !IsDisplay && HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
