using Microsoft.AspNetCore.Authorization;

namespace IocDashboard.Web.Platform.Access;

/// <summary>Admits a signed-in person, a key of scope <c>read</c>, and a request from the machine itself: docs/decisions/0010-who-may-look.md.</summary>
internal sealed class ViewRequirement : AuthorizationHandler<ViewRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ViewRequirement requirement)
    {
        var user = context.User;
        var isPerson = user.Identity is { IsAuthenticated: true } && !user.HasClaim(c => c.Type == AccessClaims.Key);
        if (isPerson || user.HasClaim(AccessClaims.Scope, KeyScopes.Read) || user.HasClaim(c => c.Type == AccessClaims.ThisMachine))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
