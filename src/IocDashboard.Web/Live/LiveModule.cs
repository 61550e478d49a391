namespace IocDashboard.Web.Live;

public static class LiveModule
{
    public static IServiceCollection AddLive(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder routes) => routes;
}
