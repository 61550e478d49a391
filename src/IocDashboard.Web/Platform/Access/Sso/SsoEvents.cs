using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Platform.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>
/// What happens when a browser comes back from the provider: a session of our own, or the sign-in page that says why not. The
/// provider's tokens are read here and kept nowhere. One instance for all requests.
/// </summary>
internal sealed class SsoEvents(SsoSettings settings) : OpenIdConnectEvents
{
    private static readonly object CountedKey = new();

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        context.ProtocolMessage.UiLocales = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return Task.CompletedTask;
    }

    /// <summary>Before the provider is asked: answers come in front of the limits of requests, and each may ask the provider anew.</summary>
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        if (await IsWithinLimitAsync(context.HttpContext)) return;
        context.HandleResponse();
    }

    /// <summary>The token has been checked: signature, issuer, audience, nonce, times.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var person = SsoPerson.Of(context.Principal!, settings);
        var (account, session, refusal) = IsStale(person, services.GetRequiredService<TimeProvider>())
            ? (null, null, SsoRefusals.Stale)
            : await services.GetRequiredService<SsoAccounts>().SignInAsync(
                person, http.Request.Headers.UserAgent.ToString(), AuditActor.Of(http) with { Kind = AuditActor.Process, Name = "sso", Agency = null }, http.RequestAborted);
        context.HandleResponse();
        if (session is { } begun)
        {
            // Answers come in front of authentication too: whose session this browser had is asked here, for it ends now.
            if (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme) is { Succeeded: true } before) http.User = before.Principal;
            await services.GetRequiredService<AccountSignIn>().EnterAsync(begun);
        }

        await RecordAsync(http, account, person, refusal);
        context.Response.Redirect(refusal is null ? context.ReturnUri ?? "/" : RefusedAddress(refusal, context.ReturnUri));
    }

    public override Task AccessDenied(AccessDeniedContext context) => RefuseAsync(context, context.Properties, SsoRefusals.Cancelled, "access_denied");

    /// <summary>Forged, stale or doubled answers, and a provider that does not answer: a page and not a failure of ours.</summary>
    public override Task RemoteFailure(RemoteFailureContext context) =>
        DatabaseAway.Is(context.Failure) && !ProviderAway.Is(context.Failure) ? Task.CompletedTask
        : RefuseAsync(context, context.Properties, ProviderAway.Is(context.Failure) ? SsoRefusals.Away : SsoRefusals.Failed, context.Failure?.GetType().Name ?? "");

    /// <summary>The sign-in page, which leads to where the person was going.</summary>
    public static string RefusedAddress(string refusal, string? returnUrl) =>
        $"{Session.SignInPath}?{SsoRefusals.Parameter}={refusal}" + (returnUrl is null ? "" : $"&returnUrl={Uri.EscapeDataString(returnUrl)}");

    private async Task RefuseAsync(HandleRequestContext<RemoteAuthenticationOptions> context, AuthenticationProperties? properties, string refusal, string detail)
    {
        var http = context.HttpContext;
        context.HandleResponse();
        // Anybody can send here what belongs to no sign-in: it must not fill the trail.
        if (!await IsWithinLimitAsync(http)) return;
        await http.RequestServices.GetRequiredService<AuditTrail>().RecordAsync(
            AuditActions.SignIn, "?", AuditOutcome.Refused, after: new() { ["why"] = $"sso-{refusal}", ["detail"] = detail }, by: AuditActor.Of(http));
        context.Response.Redirect(RefusedAddress(refusal, properties?.RedirectUri));
    }

    /// <summary>Each answer counts once as an attempt to sign in from its address; beyond, it has been answered with 429.</summary>
    private static async Task<bool> IsWithinLimitAsync(HttpContext http)
    {
        if (!http.Items.TryAdd(CountedKey, true) || http.RequestServices.GetRequiredService<SignInLimit>().Allows(http)) return true;
        await LimitRefusal.WriteAsync(http, LimitRefusal.Requests, SignInLimit.Window);
        return false;
    }

    // Whole seconds of another machine's clock.
    private bool IsStale(SsoPerson person, TimeProvider clock) =>
        settings.MaxAge is { } longest && (person.ProvedAt is not { } at || clock.GetUtcNow() - at > longest + SsoModule.ClockSkew);

    private static Task RecordAsync(HttpContext http, UserAccount? account, SsoPerson person, string? refusal)
    {
        var after = new JsonObject
        {
            ["method"] = person.Method, ["issuer"] = person.Issuer, ["sub"] = person.Subject,
            ["groups"] = new JsonArray([.. person.Groups.Select(g => JsonValue.Create(g))]),
        };
        if (refusal is not null) after["why"] = $"sso-{refusal}";
        return http.RequestServices.GetRequiredService<AuditTrail>().RecordAsync(
            AuditActions.SignIn, account?.UserName ?? "?", refusal is null ? AuditOutcome.Done : AuditOutcome.Refused, after: after,
            by: AuditActor.Of(http) with { Kind = refusal is null ? AuditActor.Person : AuditActor.Nobody, Name = refusal is null ? account!.UserName! : "", Agency = refusal is null ? account!.Agency : null });
    }
}
