using IocDashboard.Web.Api;
using IocDashboard.Web.Demo;
using IocDashboard.Web.Documents;
using IocDashboard.Web.Features;
using IocDashboard.Web.Jobs;
using IocDashboard.Web.Live;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Sso;
using IocDashboard.Web.Platform.Commands;
using IocDashboard.Web.Platform.Http;
using IocDashboard.Web.Surfaces;

namespace IocDashboard.Web;

/// <summary>Builds and runs the centre. Tests build the same application; each folder registers itself.</summary>
public static class IocApplication
{
    /// <summary>Runs the command that the arguments name, or the centre.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> RunAsync(string[] args) => StartFailureException.ReportAsync(async () =>
    {
        SecretSettings.RefuseIn(args);
        if (CommandTable.Find(args) is { } command) return await command();
        var app = await BuildAsync(args, ListenAddresses.Try);
        await app.RunAsync();
        return ExitCodes.Ok;
    });

    /// <summary>The whole application over a database at this build's schema, not yet started. Disposing it stops the embedded server.</summary>
    public static async Task<WebApplication> BuildAsync(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args, ApplicationName = typeof(IocApplication).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        configure?.Invoke(builder);
        await builder.AddPlatformAsync();
        builder.Services.AddAccess();
        builder.AddSso();
        builder.Services.AddFeatures();
        builder.Services.AddDocuments();
        builder.Services.AddLive();
        builder.Services.AddApi();
        builder.Services.AddSurfaces();
        builder.Services.AddJobs();
        builder.Services.AddDemo();

        var app = builder.Build();
        try
        {
            await app.PrepareDatabaseAsync();
            app.UsePlatform();
            app.UseAccess();
            app.MapPlatform();
            app.MapApi();
            app.MapLive();
            app.MapSurfaces();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
