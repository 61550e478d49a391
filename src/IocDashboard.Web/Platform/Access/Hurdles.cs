using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Platform.Access.Sessions;
using Microsoft.AspNetCore.Authorization;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// What somebody who signed in does before anything else, in this order. Until then they get nowhere but to that page, and to
/// what is open to all (level 3: default passwords are changed before use; administrators have a second factor).
/// </summary>
internal static class Hurdles
{
    public const string PasswordPath = "/account/password", SecondFactorPath = "/account/second-factor";

    /// <summary>Says that somebody works in a page, also in those of hurdles.</summary>
    public const string ActivePath = "/account/active";

    /// <param name="Claim">Says that it stands before this person.</param>
    /// <param name="Path">Where it is taken, and what belongs to that page.</param>
    private sealed record Hurdle(string Claim, string Path);

    private static readonly IReadOnlyList<Hurdle> InOrder =
    [
        new(AccessClaims.MustChangePassword, PasswordPath),
        new(AccessClaims.MustSetSecondFactor, SecondFactorPath),
    ];

    public static Task Guard(HttpContext http, RequestDelegate next)
    {
        if (InOrder.FirstOrDefault(h => http.User.HasClaim(c => c.Type == h.Claim)) is not { } first) return next(http);
        if (http.Request.Path.StartsWithSegments(first.Path) || http.Request.Path == ActivePath || IsOpenToAll(http)) return next(http);
        if (!Session.IsPage(http.Request)) return ApiProblem.WriteAsync(http, StatusCodes.Status403Forbidden, AccessCodes.NotAllowed);
        http.Response.Redirect($"{first.Path}?returnUrl={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        return Task.CompletedTask;
    }

    private static bool IsOpenToAll(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() is { Count: > 0 } policies && policies.All(p => p.Policy == Policies.Public);
}
