namespace IocDashboard.Web.Surfaces;

public static class SurfacesModule
{
    public static IServiceCollection AddSurfaces(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();
        return services;
    }

    public static WebApplication MapSurfaces(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }
}
