using Microsoft.AspNetCore.Authorization;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// Admits a signed-in person and a request from the machine itself; where it says so also a paired display, and a key of scope
/// <c>read</c>. What each of them sees follows from their agency: docs/decisions/0025-who-may-look.md, 0020-sharing-agreements.md.
/// </summary>
internal sealed class ViewRequirement(bool displays, bool readers) : AuthorizationHandler<ViewRequirement>, IAuthorizationRequirement
{
    public bool Displays => displays;
    public bool Readers => readers;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ViewRequirement requirement)
    {
        var user = context.User;
        var isPerson = user.Identity is { IsAuthenticated: true } && !user.HasClaim(c => c.Type is AccessClaims.Key or AccessClaims.Display);
        var isDisplay = requirement.Displays && user.HasClaim(c => c.Type == AccessClaims.Display);
        var isReader = requirement.Readers && user.HasClaim(AccessClaims.Scope, KeyScopes.Read);
        if (isPerson || isDisplay || isReader || user.HasClaim(c => c.Type == AccessClaims.ThisMachine)) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
