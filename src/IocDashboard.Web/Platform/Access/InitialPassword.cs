using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Platform.Access.Sessions;
using Microsoft.AspNetCore.Authorization;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// Whoever signed in with a password that somebody else set gets nowhere but to the page that changes it, and to what is open
/// to all (level 3: default passwords are changed before use).
/// </summary>
internal static class InitialPassword
{
    public const string ChangePath = "/account/password";

    public static Task Guard(HttpContext http, RequestDelegate next)
    {
        if (!http.User.HasClaim(c => c.Type == AccessClaims.MustChangePassword) || http.Request.Path == ChangePath || IsOpenToAll(http)) return next(http);
        if (!Session.IsPage(http.Request)) return ApiProblem.WriteAsync(http, StatusCodes.Status403Forbidden, AccessCodes.NotAllowed);
        http.Response.Redirect($"{ChangePath}?returnUrl={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        return Task.CompletedTask;
    }

    private static bool IsOpenToAll(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() is { Count: > 0 } policies && policies.All(p => p.Policy == Policies.Public);
}
