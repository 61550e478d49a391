using System.Diagnostics;
using IocDashboard.Web.Platform.Database;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IocDashboard.Web.Platform.Errors;

/// <summary>
/// For a browser that opens a page: what went wrong in its language, and no more than that. 503 while the database is away,
/// with the time after which to try again. The public interface answers for itself.
/// </summary>
internal static class ErrorPages
{
    private const string DatabaseRetrySeconds = "5";
    private const string DisplayRetrySeconds = "10";

    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = HandleAsync,
            // Each failed page would write the same stack trace while the database is away.
            SuppressDiagnosticsCallback = context => DatabaseAway.Is(context.Exception),
        });
        app.UseStatusCodePages(context => ShowAsync(context.HttpContext));
    }

    private static Task HandleAsync(HttpContext http)
    {
        if (DatabaseAway.Is(http.Features.Get<IExceptionHandlerFeature>()?.Error))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = DatabaseRetrySeconds;
        }
        return ShowAsync(http);
    }

    private static Task ShowAsync(HttpContext http)
    {
        var wantsPage = http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");
        if (!wantsPage || http.Request.Path.StartsWithSegments("/api")) return Task.CompletedTask;
        http.Response.Headers.CacheControl = "no-store";
        // A screen that starts while the centre is in trouble has nobody to reload it.
        if (http.Request.Path.StartsWithSegments("/wall")) http.Response.Headers["Refresh"] = DisplayRetrySeconds;
        return new RazorComponentResult<ErrorPage>(new { Status = http.Response.StatusCode, TraceId = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier })
        {
            StatusCode = http.Response.StatusCode,
        }.ExecuteAsync(http);
    }
}
