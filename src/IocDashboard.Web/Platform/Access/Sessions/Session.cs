using System.Security.Claims;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Sessions;

/// <summary>
/// A person's session: a cookie of this site alone that names a row of <c>identity.session</c>. Each request asks the row, so
/// that an end, a lock for idleness and a change of rights hold at once.
/// </summary>
internal static class Session
{
    public const string SignInPath = "/signin";
    public const string SecondStepPath = "/signin/code";
    public const string CookieName = "ioc.session";

    /// <summary>Says on the sign-in page why one has to sign in again: one of <see cref="SessionEnds"/>.</summary>
    public const string EndedParameter = "ended";

    private static readonly object EndedKey = new();

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api");

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = SessionState.Shift;
        options.SlidingExpiration = false;
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "returnUrl";
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = ValidateAsync,
            OnRedirectToLogin = context => context.Request.Path == DisplayHandler.WallPath
                ? Redirect(context.Response, DisplayHandler.PairingAddress(context.Request))
                : IsPage(context.Request)
                ? Redirect(context.Response, SignInAddress(context))
                : ApiProblem.WriteAsync(context.HttpContext, StatusCodes.Status401Unauthorized, AccessCodes.NoToken),
            OnRedirectToAccessDenied = context =>
            {
                if (!IsNavigation(context.Request)) return ApiProblem.WriteAsync(context.HttpContext, StatusCodes.Status403Forbidden, AccessCodes.NotAllowed);
                // With no body: the error page says it in the reader's language, and leads back.
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Says whose second step it is, after the right password.</summary>
    public static void ConfigureSecondStep(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "ioc.second-step";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = SecondStep.Within;
        options.SlidingExpiration = false;
    }

    // A redirect is for a browser that opens a page; a hub, a circuit or a script gets an answer that it can read.
    internal static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/hubs") && !request.Path.StartsWithSegments("/_blazor");

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<SessionRegister>();
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var state = SessionPrincipal.IdOf(context.Principal) is { } id ? await sessions.FindAsync(id, http.RequestAborted) : null;
        if (state?.EndAt(now) is not null || state is null)
        {
            http.Items[EndedKey] = state?.EndAt(now);
            await RejectAsync(context);
            return;
        }

        var demands = http.RequestServices.GetRequiredService<FactorDemands>();
        var isOutside = demands.IsOutside(http.Connection.RemoteIpAddress);
        var demand = await demands.OfAsync(state, isOutside, http.RequestAborted);
        if (demand == FactorDemand.Refused)
        {
            // Ended and not only refused: a stolen cookie is first seen somewhere else.
            await sessions.EndAsync(
                state.Id, state.Account, SessionEnds.SecondFactorNeeded, AuditActor.Of(SessionPrincipal.Of(state), http.Connection.RemoteIpAddress?.ToString()), http.RequestAborted);
            http.Items[EndedKey] = SessionEnds.SecondFactorNeeded;
            await RejectAsync(context);
            return;
        }

        context.ReplacePrincipal(SessionPrincipal.Of(state, demand, isOutside, http.Connection.RemoteIpAddress?.ToString()));
        if (IsWork(http.Request)) await sessions.TouchAsync(state.Id, http.RequestAborted);
    }

    // The cookie stays until a page says that it holds no more: a circuit's last call would take it away before the page that
    // returns to the sign-in asks, and on the machine itself that page would be shown to nobody.
    private static async Task RejectAsync(CookieValidatePrincipalContext context)
    {
        context.RejectPrincipal();
        if (IsNavigation(context.HttpContext.Request)) await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private static bool IsNavigation(HttpRequest request) => IsPage(request) && request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");

    /// <summary>A page that a person opened or a form that they sent; not what a page fetches by itself.</summary>
    private static bool IsWork(HttpRequest request) =>
        IsNavigation(request) || (HttpMethods.IsPost(request.Method) && !request.Path.StartsWithSegments("/hubs") && !request.Path.StartsWithSegments("/_blazor"));

    private static string SignInAddress(RedirectContext<CookieAuthenticationOptions> context) =>
        context.HttpContext.Items[EndedKey] is string why ? $"{context.RedirectUri}&{EndedParameter}={why}" : context.RedirectUri;

    private static Task Redirect(HttpResponse response, string target)
    {
        response.Redirect(target);
        return Task.CompletedTask;
    }
}
