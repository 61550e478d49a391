using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Access.Sso;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Account.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace IocDashboard.Web.Surfaces.Account;

public static class AccountModule
{
    /// <summary>Signing out is a form post with an antiforgery token: no link or image of another page can do it.</summary>
    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapPasskeys();
        routes.MapPost("/signout", async (AccountSignIn signIn, SessionRegister sessions, SsoSettings sso, AuditTrail audit, HttpContext http, [FromForm] string? returnUrl) =>
        {
            SessionState? ended = null;
            if (http.User.Identity is { IsAuthenticated: true, Name: { } name })
            {
                await audit.RecordAsync(AuditActions.SignOut, name, AuditOutcome.Done);
                if (SessionPrincipal.IdOf(http.User) is { } id)
                {
                    ended = await sessions.FindAsync(id, http.RequestAborted);
                    await sessions.CloseAsync(id, SessionEnds.SignedOut, http.RequestAborted);
                }
            }

            await signIn.SignOutAsync();
            // What the browser kept of pages goes with the session.
            http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
            return Results.LocalRedirect(SsoEndpoints.AfterSignOut(sso, ended) ?? LocalPath.Or(returnUrl, "/signin"));
        }).RequireAuthorization(Policies.Public).ExcludeFromDescription();

        // A page says that somebody works in it: the session's own validation notes each post; whoever has none is told nothing. A script's call without a form:
        // another site cannot make it, because the cookie stays at home (SameSite).
        routes.MapPost(Hurdles.ActivePath, () => Results.NoContent()).RequireAuthorization(Policies.Public).DisableAntiforgery().ExcludeFromDescription();
        routes.MapSso();
    }
}
