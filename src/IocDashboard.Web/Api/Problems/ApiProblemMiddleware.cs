using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Api.Problems;

/// <summary>
/// Around every call under <c>/api</c>, sign-in included: a database that is away is 503 with <c>Retry-After</c>, and an
/// answer without a body (no such route, wrong method, challenge, forbidden) becomes a problem document.
/// </summary>
public sealed class ApiProblemMiddleware(RequestDelegate next, ILogger<ApiProblemMiddleware> logger)
{
    /// <summary>How long a caller is asked to wait while the database is away; the embedded server is back within it.</summary>
    private const string DatabaseRetrySeconds = "5";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && DatabaseAway.Is(exception))
        {
            logger.LogWarning("The database is away: {Reason}", exception.Message);
            context.Response.Clear();
            context.Response.Headers.RetryAfter = DatabaseRetrySeconds;
            await ApiProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "database-away");
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            var code = exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too-large" : "bad-request";
            await ApiProblem.WriteAsync(context, exception.StatusCode, code);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            logger.LogError(exception, "A call of the public interface failed");
            context.Response.Clear();
            await ApiProblem.WriteAsync(context, StatusCodes.Status500InternalServerError, "internal-error");
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null } response)
            await ApiProblem.WriteAsync(context, response.StatusCode, CodeOf(response.StatusCode));
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "unauthorized",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        StatusCodes.Status503ServiceUnavailable => "database-away",
        >= 500 => "internal-error",
        _ => "bad-request",
    };
}

/// <summary>Stands first in the pipeline without the platform knowing the interface's manners.</summary>
public sealed class ApiProblemStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseMiddleware<ApiProblemMiddleware>();
        next(app);
    };
}
