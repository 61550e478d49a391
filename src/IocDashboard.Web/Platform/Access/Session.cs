using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Platform.Access.Displays;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access;

/// <summary>A person's session: a cookie of this site alone. Rules of accounts follow the floor for a level-3 system (TCVN 11930).</summary>
internal static class Session
{
    public const string SignInPath = "/signin";
    public const string CookieName = "ioc.session";

    /// <summary>One shift. The idle lock comes with full accounts: docs/decisions/0010-who-may-look.md.</summary>
    private static readonly TimeSpan Shift = TimeSpan.FromHours(12);

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api");

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Shift;
        options.SlidingExpiration = true;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "returnUrl";
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync,
            OnRedirectToLogin = context => context.Request.Path == DisplayHandler.WallPath
                ? Redirect(context.Response, DisplayHandler.PairingAddress(context.Request))
                : IsPage(context.Request)
                ? Redirect(context.Response, context.RedirectUri)
                : ApiProblem.WriteAsync(context.HttpContext, StatusCodes.Status401Unauthorized, AccessCodes.NoToken),
            OnRedirectToAccessDenied = context => ApiProblem.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden, AccessCodes.NotAllowed),
        };
    }

    public static void ConfigureAccounts(IdentityOptions options)
    {
        // Length instead of character classes: without a second factor, 14 characters.
        options.Password.RequiredLength = 14;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 6;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.User.RequireUniqueEmail = false;
    }

    // A redirect is for a browser that opens a page; a hub, a circuit or a script gets an answer that it can read.
    internal static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/hubs") && !request.Path.StartsWithSegments("/_blazor");

    private static Task Redirect(HttpResponse response, string target)
    {
        response.Redirect(target);
        return Task.CompletedTask;
    }
}
