using System.Security.Claims;
using System.Text.Encodings.Web;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Platform.Access.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace IocDashboard.Web.Platform.Access.Displays;

/// <summary>A screen's credential, in a cookie that no script reads. It does not expire: a wall has nobody to sign in again.</summary>
internal sealed class DisplayHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, DisplayRegister displays)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Display";
    public const string CookieName = "ioc.display";
    public const string WallPath = "/wall", PairPath = "/wall/pair";

    // The longest that browsers keep; given anew with each opening of the wall.
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(400);

    /// <summary>What a screen's address says of what it shows and how: kept on the way through its pairing.</summary>
    private static readonly string[] KeptQuery = ["lang", "scene", "verified"];

    public static bool HasCredential(HttpRequest request) => request.Cookies.ContainsKey(CookieName);

    public static void Give(HttpContext http, string token) => http.Response.Cookies.Append(CookieName, token, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, IsEssential = true, MaxAge = LongestKept, Path = "/",
    });

    /// <summary>A wall that may not be shown asks to be paired, in the language of its address.</summary>
    public static string PairingAddress(HttpRequest request) => PairPath + Kept(request);

    /// <summary>Once it is paired, the screen shows what its address asked for.</summary>
    public static string WallAddress(HttpRequest request) => WallPath + Kept(request);

    private static QueryString Kept(HttpRequest request) => QueryString.Create(
        request.Query.Where(q => KeptQuery.Contains(q.Key, StringComparer.Ordinal)).Select(q => new KeyValuePair<string, string?>(q.Key, q.Value)));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[CookieName] is not { } token) return AuthenticateResult.NoResult();
        if (await displays.FindAsync(token, Context.RequestAborted) is not { } display) return AuthenticateResult.Fail(AccessCodes.BadToken);
        if (Request.Path == WallPath) Give(Context, token);
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new(ClaimTypes.Name, display.Name));
        identity.AddClaim(new(AccessClaims.Display, display.Id.ToString()));
        if (display.Agency is { } agency) identity.AddClaim(new(AccessClaims.Agency, agency));
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Request.Path == WallPath) Response.Redirect(PairingAddress(Request));
        else if (Session.IsPage(Request)) Response.Redirect($"{Session.SignInPath}?returnUrl={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
        else return ApiProblem.WriteAsync(Context, StatusCodes.Status401Unauthorized, AccessCodes.BadToken);
        return Task.CompletedTask;
    }

    /// <summary>A screen shows the wall; for anything else somebody has to sign in.</summary>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (!Session.IsPage(Request)) return ApiProblem.WriteAsync(Context, StatusCodes.Status403Forbidden, AccessCodes.NotAllowed);
        Response.Redirect($"{Session.SignInPath}?returnUrl={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
        return Task.CompletedTask;
    }
}
