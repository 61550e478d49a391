using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace IocDashboard.Web.Surfaces.Account;

public static class AccountModule
{
    /// <summary>Signing out is a form post with an antiforgery token: no link or image of another page can do it.</summary>
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapPasskeys();
        routes.MapPost("/signout", async (AccountSignIn signIn, SessionRegister sessions, AuditTrail audit, HttpContext http, [FromForm] string? returnUrl) =>
        {
            if (http.User.Identity is { IsAuthenticated: true, Name: { } name })
            {
                await audit.RecordAsync(AuditActions.SignOut, name, AuditOutcome.Done);
                if (SessionPrincipal.IdOf(http.User) is { } id) await sessions.CloseAsync(id, http.RequestAborted);
            }

            await signIn.SignOutAsync();
            return Results.LocalRedirect(LocalPath.Or(returnUrl, "/signin"));
        }).RequireAuthorization(Policies.Public).ExcludeFromDescription();

        // A page says that somebody works in it: the session's own validation notes each post. A script's call without a form:
        // another site cannot make it, because the cookie stays at home (SameSite).
        routes.MapPost("/account/active", () => Results.NoContent()).RequireAuthorization(Policies.OwnAccount).DisableAntiforgery().ExcludeFromDescription();
    }
}
