using System.Text.Encodings.Web;
using System.Text.Unicode;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Platform.Health;
using IocDashboard.Web.Platform.Http;
using IocDashboard.Web.Platform.Limits;
using IocDashboard.Web.Platform.Logging;
using IocDashboard.Web.Platform.Postgres;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using Npgsql;
using Serilog;
using Serilog.Extensions.Logging;

namespace IocDashboard.Web.Platform;

public static class PlatformModule
{
    /// <summary>Reads the settings, starts the embedded server unless a connection string is given, and registers the platform.</summary>
    /// <exception cref="StartFailureException">The centre cannot start; the message says why.</exception>
    public static async Task AddPlatformAsync(this WebApplicationBuilder builder)
    {
        SecretSettings.AddFiles(builder.Configuration, builder.Configuration);
        var settings = IocSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);

        var logger = LogSetup.Create(builder.Configuration, settings);
        builder.Services.AddSerilog(logger, dispose: true);
        builder.Services.AddSingleton<Serilog.ILogger>(logger);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new ProvinceTime(TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)));

        // Development too answers a bad form or query with 400, and does not throw.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.AddProxies(settings);
        builder.AddLimits(settings);
        builder.Services.AddLanguages();
        builder.Services.AddCompression();
        // Vietnamese as it is and not as numbers: pages and frames are a third smaller, and a person can read them.
        builder.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));

        builder.UseDefaultAddress();
        builder.WebHost.UseStaticWebAssets();

        using var early = new SerilogLoggerFactory(logger);
        var (connectionString, server) = await DatabaseSetup.FindAsync(builder.Configuration, settings, early.CreateLogger<EmbeddedPostgres>());
        builder.Services.AddDatabase(connectionString, server);
        builder.Services.AddHistory();
        builder.Services.AddReadiness();
        builder.Services.AddMetricsExport();
        if (settings.LogToConsole) builder.Services.AddHostedService<ReadyAnnouncement>();
    }

    /// <summary>The database is at this build's schema when this returns.</summary>
    public static async Task PrepareDatabaseAsync(this WebApplication app)
    {
        if (app.Services.GetService<EmbeddedPostgres>() is { } server)
        {
            var database = app.Services.GetRequiredService<NpgsqlDataSource>();
            server.WhenRecovered = database.Clear;
        }
        var settings = app.Services.GetRequiredService<IocSettings>();
        var migrate = settings.Migrate ?? !app.Environment.IsProduction();
        await app.Services.GetRequiredService<DatabaseMigrator>().PrepareAsync(migrate, app.Lifetime.ApplicationStopping);
    }

    /// <summary>What stands around every request. The order is that of the lines: the outermost first.</summary>
    public static WebApplication UsePlatform(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseRequestLog();
        app.UseResponseCompression();
        app.UseRequestLocalization();
        app.UseErrorPages();
        app.Use(next => http => ServerLimits.LimitForms(http, next));
        return app;
    }

    public static WebApplication MapPlatform(this WebApplication app)
    {
        app.MapHealth();
        app.MapMetrics();
        return app;
    }
}
