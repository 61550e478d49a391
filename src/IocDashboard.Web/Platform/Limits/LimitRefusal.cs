using System.Globalization;
using System.Threading.RateLimiting;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Platform.Access.Sessions;
using Microsoft.AspNetCore.RateLimiting;

namespace IocDashboard.Web.Platform.Limits;

/// <summary>429 with <c>Retry-After</c>: a page for a browser that opens one, a problem document for anybody else.</summary>
internal static class LimitRefusal
{
    public const string Requests = "too-many-requests", Connections = "too-many-connections";

    /// <summary>A connection may end at any moment: when, nobody knows.</summary>
    private static readonly TimeSpan UntilAConnectionEnds = TimeSpan.FromSeconds(10);

    // Only a limit of rate knows when it lets the next one through.
    public static ValueTask Write(OnRejectedContext rejected, CancellationToken cancellation) => new(
        rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
            ? WriteAsync(rejected.HttpContext, Requests, wait)
            : WriteAsync(rejected.HttpContext, Connections, UntilAConnectionEnds));

    public static Task WriteAsync(HttpContext http, string code, TimeSpan retryAfter)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        if (!IsForAPage(http.Request)) return ApiProblem.WriteAsync(http, StatusCodes.Status429TooManyRequests, code);
        // The error page is drawn around.
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Task.CompletedTask;
    }

    private static bool IsForAPage(HttpRequest request) =>
        Session.IsPage(request) && !Session.IsApi(request.Path) && request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");
}
