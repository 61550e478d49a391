using System.Globalization;
using Serilog;
using Serilog.Events;

namespace IocDashboard.Web.Platform.Logging;

/// <summary>Structured logs, to the console and to a rolling file in the data directory.</summary>
internal static class LogSetup
{
    public static Serilog.Core.Logger Create(IConfiguration configuration, IocSettings settings) => new LoggerConfiguration()
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
        // It warns at each start that its keys are not encrypted at rest: they lie in the database, as secret as its rows.
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
        .MinimumLevel.Override("Marten", LogEventLevel.Warning)
        .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
        .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
        .ReadFrom.Configuration(configuration)
        .Enrich.FromLogContext()
        // The keys of sessions lie in the database, protected as all else there is.
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
        .WriteTo.Conditional(_ => settings.LogToConsole, console => console.Console(formatProvider: CultureInfo.InvariantCulture))
        .WriteTo.File(settings.PathOf("logs/ioc-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: 31, shared: true, formatProvider: CultureInfo.InvariantCulture)
        .CreateLogger();
}
