namespace IocDashboard.Web.Api;

public static class ApiModule
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services;

    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder routes) => routes;
}
