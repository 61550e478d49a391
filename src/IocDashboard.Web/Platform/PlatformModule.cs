namespace IocDashboard.Web.Platform;

public static class PlatformModule
{
    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        return builder;
    }

    public static WebApplication UsePlatform(this WebApplication app) => app;

    public static WebApplication MapPlatform(this WebApplication app) => app;
}
