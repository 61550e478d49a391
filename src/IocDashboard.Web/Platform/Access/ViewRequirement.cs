using Microsoft.AspNetCore.Authorization;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// Admits a signed-in person and a request from the machine itself, and to the live hub also a key of scope <c>read</c>: the hub
/// leaves out what its agency may not read, which a page does not. docs/decisions/0010-who-may-look.md.
/// </summary>
internal sealed class ViewRequirement : AuthorizationHandler<ViewRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ViewRequirement requirement)
    {
        var user = context.User;
        var isPerson = user.Identity is { IsAuthenticated: true } && !user.HasClaim(c => c.Type == AccessClaims.Key);
        var isReader = user.HasClaim(AccessClaims.Scope, KeyScopes.Read)
            && context.Resource is HttpContext http && http.Request.Path.StartsWithSegments("/hubs");
        if (isPerson || isReader || user.HasClaim(c => c.Type == AccessClaims.ThisMachine))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
