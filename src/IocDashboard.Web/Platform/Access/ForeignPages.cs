using IocDashboard.Web.Api.Problems;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// A WebSocket carries this site's cookies whoever opens it: a page of another site may not open a hub or a circuit in the name
/// of whoever looks at it. Only the name is compared, because a proxy may take the port away.
/// </summary>
internal static class ForeignPages
{
    public static Task Refuse(HttpContext http, RequestDelegate next) =>
        OpensAConnection(http.Request.Path) && http.Request.Headers.TryGetValue("Origin", out var origin)
        && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Host, http.Request.Host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase))
            ? ApiProblem.WriteAsync(http, StatusCodes.Status403Forbidden, AccessCodes.NotAllowed)
            : next(http);

    private static bool OpensAConnection(PathString path) => path.StartsWithSegments("/hubs") || path.StartsWithSegments("/_blazor");
}
