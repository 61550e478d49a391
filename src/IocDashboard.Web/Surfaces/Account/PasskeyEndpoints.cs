using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;

namespace IocDashboard.Web.Surfaces.Account;

/// <summary>What a page's script fetches before it asks the browser for a passkey. The answer is posted to the page itself, as its form.</summary>
internal static class PasskeyEndpoints
{
    public const string SignIn = "/signin/passkey", New = "/account/second-factor/passkey";

    // A form as parameter, so that its antiforgery token is required.
    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(SignIn, async (IFormCollection _, HttpContext http, Passkeys passkeys, SignInLimit limit) =>
            limit.Allows(http)
                ? Results.Text(await passkeys.AskAsync(http), "application/json")
                : Results.StatusCode(StatusCodes.Status429TooManyRequests)).RequireAuthorization(Policies.Public).ExcludeFromDescription();

        routes.MapPost(New, async (IFormCollection _, HttpContext http, Passkeys passkeys, AccountManager accounts, FreshProof proof) =>
            await accounts.GetUserAsync(http.User) is { } account && SessionPrincipal.IdOf(http.User) is { } session && await proof.HoldsAsync(session, http.RequestAborted)
                ? Results.Text(await passkeys.AskForNewAsync(http, account), "application/json")
                : Results.StatusCode(StatusCodes.Status403Forbidden)).RequireAuthorization(Policies.OwnAccount).ExcludeFromDescription();
    }
}
