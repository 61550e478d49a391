using IocDashboard.Web.Api;
using IocDashboard.Web.Demo;
using IocDashboard.Web.Features;
using IocDashboard.Web.Jobs;
using IocDashboard.Web.Live;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces;

namespace IocDashboard.Web;

/// <summary>Builds and runs the centre. Tests build the same application; each folder registers itself.</summary>
public static class IocApplication
{
    public static async Task<int> RunAsync(string[] args)
    {
        var app = Build(args);
        await app.RunAsync();
        return 0;
    }

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        configure?.Invoke(builder);
        builder.AddPlatform();
        builder.Services.AddAccess();
        builder.Services.AddFeatures();
        builder.Services.AddLive();
        builder.Services.AddApi();
        builder.Services.AddSurfaces();
        builder.Services.AddJobs();
        builder.Services.AddDemo();

        var app = builder.Build();
        app.UsePlatform();
        app.UseAccess();
        app.MapPlatform();
        app.MapApi();
        app.MapLive();
        app.MapSurfaces();
        return app;
    }
}
