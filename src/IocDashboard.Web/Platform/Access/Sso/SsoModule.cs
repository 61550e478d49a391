using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>The province's single sign-on as one more way to a session: authorization code with PKCE, state and nonce.</summary>
public static class SsoModule
{
    public const string SchemeName = "Sso";

    /// <summary>Where the provider sends the browser back to; to be registered there.</summary>
    public const string CallbackPath = "/signin/sso/callback";

    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <exception cref="StartFailureException">A setting cannot be used.</exception>
    public static void AddSso(this WebApplicationBuilder builder)
    {
        var settings = SsoSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        if (!settings.IsOn) return;
        builder.Services.AddScoped<SsoAccounts>();
        builder.Services.AddScoped<BackchannelLogout>();
        new AuthenticationBuilder(builder.Services).AddOpenIdConnect(SchemeName, options => Configure(options, settings));
    }

    private static void Configure(OpenIdConnectOptions options, SsoSettings settings)
    {
        options.Authority = settings.Authority;
        options.RequireHttpsMetadata = settings.Authority!.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.CallbackPath = CallbackPath;
        options.RemoteSignOutPath = default;
        options.SignedOutCallbackPath = default;
        options.SignInScheme = IdentityConstants.ApplicationScheme;
        options.BackchannelTimeout = LongestAnswer;
        options.Events = new SsoEvents(settings);

        // The answer comes by a link and not by a form of another site: cookies may then stay at home (SameSite). The code in it
        // is worth nothing without the verifier, the secret and this browser's cookies.
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MaxAge = settings.MaxAge;
        options.Scope.Clear();
        foreach (var scope in settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) options.Scope.Add(scope);

        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.TokenValidationParameters.ClockSkew = ClockSkew;
        options.GetClaimsFromUserInfoEndpoint = true;
        // Of the user-info endpoint only what is asked of it: what the signed token says of issuer and proof stays as it says.
        options.ClaimActions.Clear();
        foreach (var claim in new[] { settings.GroupsClaim, settings.AgencyClaim, settings.NameClaim, settings.UserNameClaim }.Distinct(StringComparer.Ordinal))
            options.ClaimActions.MapJsonKey(claim, claim);

        KeepAtHome(options.CorrelationCookie, "ioc.sso.");
        KeepAtHome(options.NonceCookie, "ioc.sso-nonce.");
    }

    private static void KeepAtHome(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}
