using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Quartz;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace IocDashboard.Web.Platform.Logging;

/// <summary>Structured logs, to the console as text and to a file a day in the data directory as one JSON object a line.</summary>
internal static class LogSetup
{
    public static Serilog.Core.Logger Create(IConfiguration configuration, IocSettings settings) => new LoggerConfiguration()
        .MinimumLevel.Information()
        .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
        // It warns at each start that its keys are not encrypted at rest: they lie in the database, as secret as its rows.
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
        .MinimumLevel.Override("Marten", LogEventLevel.Warning)
        .MinimumLevel.Override("Npgsql", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Warning)
        .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
        .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
        .ReadFrom.Configuration(configuration)
        // Said in one line by whoever ends the start: the host would add forty lines.
        .Filter.ByExcluding(log => IsFromHost(log) && log.Exception is IOException { InnerException: AddressInUseException } or OperationCanceledException)
        // A hub's refusal of a wrong call, said to the caller: no fault of ours, and anybody could fill the log with it.
        .Filter.ByExcluding(log => log.Exception is HubException)
        // A job's failure is told once, by its reporter: the scheduler tells it twice at every run.
        .Filter.ByExcluding(log => log.Exception is JobExecutionProcessException || IsNamed(log, "JobThrewUnhandledException"))
        .Enrich.FromLogContext()
        // A call without a token is in the request log; its challenge says nothing more.
        .MinimumLevel.Override("IocDashboard.Web.Platform.Access.Keys.MachineKeyHandler", LogEventLevel.Warning)
        .WriteTo.Conditional(_ => settings.LogToConsole, console => console.Console(formatProvider: CultureInfo.InvariantCulture))
        .WriteTo.File(new RenderedCompactJsonFormatter(), settings.PathOf("logs/ioc-.json"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: 31)
        .CreateLogger();

    private static bool IsFromHost(LogEvent log) =>
        log.Properties.TryGetValue(Serilog.Core.Constants.SourceContextPropertyName, out var source)
        && source is ScalarValue { Value: string name } && name.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal);

    private static bool IsNamed(LogEvent log, string name) =>
        log.Properties.TryGetValue("EventId", out var id) && id is StructureValue { Properties: var parts }
        && parts.Any(p => p.Name == "Name" && p.Value is ScalarValue { Value: string found } && found == name);
}
