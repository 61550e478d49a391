using IocDashboard.Web.Platform.Database;
using Serilog;
using Serilog.Events;

namespace IocDashboard.Web.Platform.Logging;

/// <summary>
/// One line for each request of a person that changed something, and for each that was refused, failed or was slow: method,
/// path, status, time. What machines had accepted is in the history and not here. Never the query, the headers or the body:
/// they carry tokens and figures.
/// </summary>
internal static class RequestLog
{
    private const double SlowMilliseconds = 1000;

    public static void UseRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        options.MessageTemplate = "{RequestMethod} {RequestPath} answered {StatusCode} in {Elapsed:0.0} ms";
        options.IncludeQueryInRequestPath = false;
        options.GetLevel = (http, elapsed, exception) => LevelOf(http, elapsed, exception);
        options.EnrichDiagnosticContext = (diagnostics, http) => diagnostics.Set("RemoteAddress", http.Connection.RemoteIpAddress?.ToString());
    });

    private static LogEventLevel LevelOf(HttpContext http, double elapsed, Exception? exception)
    {
        if (exception is not null && !DatabaseAway.Is(exception)) return LogEventLevel.Error;
        if (http.Response.StatusCode == StatusCodes.Status500InternalServerError) return LogEventLevel.Error;
        if (http.Response.StatusCode > StatusCodes.Status500InternalServerError) return LogEventLevel.Warning;
        // A connection that lives for hours is not slow.
        if (http.WebSockets.IsWebSocketRequest) return LogEventLevel.Debug;
        var quiet = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || http.Request.Path.StartsWithSegments("/api");
        return quiet && http.Response.StatusCode < 400 && elapsed < SlowMilliseconds ? LogEventLevel.Debug : LogEventLevel.Information;
    }
}
