namespace IocDashboard.Web.Surfaces;

public static class SurfacesModule
{
    public static IServiceCollection AddSurfaces(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapSurfaces(this IEndpointRouteBuilder routes) => routes;
}
