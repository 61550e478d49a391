using System.Globalization;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Access.Sso;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IocDashboard.Web.Surfaces.Account.SignIn;

/// <summary>To the provincial single sign-on and back, and out of it again. Only where it is set up.</summary>
internal static class SsoEndpoints
{
    public const string SignInPath = "/signin/sso";

    private const string SignOutPath = "/signout/sso";

    public static void MapSso(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<SsoSettings>().IsOn) return;
        routes.MapGet(SignInPath, BeginAsync).RequireAuthorization(Policies.Public).ExcludeFromDescription();
        // The scheme's handler answers before this does; the endpoint says that the address exists and who may reach it.
        routes.MapGet(SsoModule.CallbackPath, () => Results.LocalRedirect(Session.SignInPath)).RequireAuthorization(Policies.Public).ExcludeFromDescription();
        routes.MapGet(SignOutPath, LeaveAsync).RequireAuthorization(Policies.Public).ExcludeFromDescription();
        // From the provider itself, with neither cookie nor form of ours: the token's signature says who calls.
        routes.MapPost(BackchannelLogout.Path, EndAsync).RequireAuthorization(Policies.Public).DisableAntiforgery().ExcludeFromDescription();
    }

    /// <summary>Where somebody who has signed out here goes on to, when the session began at the provider.</summary>
    public static string? AfterSignOut(SsoSettings settings, SessionState? ended) =>
        settings is { IsOn: true, SignOutAtProvider: true } && ended?.Method is SignInMethods.Sso or SignInMethods.StrongSso ? SignOutPath : null;

    private static async Task<IResult> BeginAsync(HttpContext http, SignInLimit limit, IOptionsMonitor<OpenIdConnectOptions> options, string? returnUrl)
    {
        if (!limit.Allows(http))
        {
            await LimitRefusal.WriteAsync(http, LimitRefusal.Requests, SignInLimit.Window);
            return Results.Empty;
        }

        var to = LocalPath.Or(returnUrl, "/");
        if (await ProviderAway.ConfigurationAsync(options.Get(SsoModule.SchemeName), http.RequestAborted) is null) return Results.LocalRedirect(SsoEvents.RefusedAddress(SsoRefusals.Away, to));
        try
        {
            // Not as a result: what the provider refuses before the browser gets there (a pushed request) is answered here too.
            await http.ChallengeAsync(SsoModule.SchemeName, new AuthenticationProperties { RedirectUri = to });
            return Results.Empty;
        }
        catch (Exception failure) when (ProviderAway.Is(failure) && !http.Response.HasStarted)
        {
            return Results.LocalRedirect(SsoEvents.RefusedAddress(SsoRefusals.Away, to));
        }
        catch (OpenIdConnectProtocolException)
        {
            // The library has logged what the provider said.
            return Results.LocalRedirect(SsoEvents.RefusedAddress(SsoRefusals.Rejected, to));
        }
    }

    /// <summary>What does not hold, or cannot be checked now, counts as an attempt from its address; what holds does not, for the whole province signs out at one provider.</summary>
    private static async Task<IResult> EndAsync(HttpContext http, BackchannelLogout logout, SignInLimit limit, AuditTrail audit, [FromForm(Name = "logout_token")] string? token)
    {
        http.Response.Headers.CacheControl = "no-store";
        var by = AuditActor.Of(http);
        var outcome = await logout.Handle(token, by with { Kind = AuditActor.Process, Name = "sso", Agency = null }, http.RequestAborted);
        if (outcome == LogoutOutcome.Done) return Results.Ok();
        if (!limit.Allows(http))
        {
            await LimitRefusal.WriteAsync(http, LimitRefusal.Requests, SignInLimit.Window);
            return Results.Empty;
        }

        if (outcome == LogoutOutcome.Away) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        await audit.RecordAsync(AuditActions.SignOut, "?", AuditOutcome.Refused, after: new() { ["why"] = "sso-logout-token" }, by: by);
        return Results.BadRequest();
    }

    /// <summary>
    /// A page that goes on by itself: the form that signed out here may not lead to another site (Content-Security-Policy), a page may.
    /// The provider is told who asks and not, with a token, for whom: none is kept.
    /// </summary>
    private static async Task<IResult> LeaveAsync(HttpContext http, SsoSettings settings, IOptionsMonitor<OpenIdConnectOptions> options)
    {
        if (!settings.SignOutAtProvider || await ProviderAway.ConfigurationAsync(options.Get(SsoModule.SchemeName), http.RequestAborted) is not { EndSessionEndpoint: { Length: > 0 } endpoint })
            return Results.LocalRedirect(Session.SignInPath);
        var address = QueryHelpers.AddQueryString(endpoint, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = settings.ClientId,
            ["post_logout_redirect_uri"] = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{Session.SignInPath}",
            ["ui_locales"] = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
        });
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<SsoSignOut>(new { Address = address });
    }
}
