using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace IocDashboard.Web.Surfaces.Account;

public static class AccountModule
{
    /// <summary>Signing out is a form post with an antiforgery token: no link or image of another page can do it.</summary>
    public static void MapAccount(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/signout", async (SignInManager<UserAccount> signIn, AuditTrail audit, HttpContext http, [FromForm] string? returnUrl) =>
        {
            if (http.User.Identity is { IsAuthenticated: true, Name: { } name })
                await audit.RecordAsync(AuditActions.SignOut, name, AuditOutcome.Done);
            await signIn.SignOutAsync();
            return Results.LocalRedirect(LocalPath.Or(returnUrl, "/signin"));
        }).RequireAuthorization(Policies.Public).ExcludeFromDescription();
}
