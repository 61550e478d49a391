using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace IocDashboard.Web.Surfaces.Account;

public static class AccountModule
{
    /// <summary>Signing out is a form post with an antiforgery token: no link or image of another page can do it.</summary>
    public static void MapAccount(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/signout", async (SignInManager<UserAccount> signIn, [FromForm] string? returnUrl) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect(LocalPath.Or(returnUrl, "/signin"));
        }).RequireAuthorization(Policies.Public).ExcludeFromDescription();
}
