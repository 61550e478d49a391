using System.Net;
using System.Security.Claims;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// Tells requests from the machine itself: in a demonstration, whoever sits at the server may look without signing in or pairing.
/// They get the claim <see cref="AccessClaims.ThisMachine"/> and stay unauthenticated. A claim, because a circuit keeps the
/// caller's claims and not the request. Where figures are real, this machine is like any other, unless the setting says otherwise.
/// </summary>
internal sealed class ThisMachine(IocSettings settings, Installation installation)
{
    // Any of them means that a proxy on this machine passed on somebody else's request.
    private static readonly string[] ForwardingHeaders =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Real-IP", "Forwarded", "Via"];

    public async Task MarkAsync(HttpContext http, RequestDelegate next)
    {
        if (http.User.Identity is not { IsAuthenticated: true } && !OffersCredential(http.Request) && IsCalling(http.Request)
            && (settings.TrustThisMachine ?? await installation.IsIllustrativeAsync(http.RequestAborted)))
            http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(AccessClaims.ThisMachine, "true")]));
        await next(http);
    }

    // A credential that no longer holds is refused here as anywhere: a revoked screen must not go on by standing next to the server,
    // nor a session that was locked.
    private static bool OffersCredential(HttpRequest request) =>
        MachineKeyHandler.TokenOf(request) is not null || DisplayHandler.HasCredential(request) || request.Cookies.ContainsKey(Session.CookieName);

    private static bool IsCalling(HttpRequest request)
    {
        if (request.HttpContext.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote)) return false;
        if (ForwardingHeaders.Any(request.Headers.ContainsKey)) return false;

        // A foreign page in a browser on this machine reaches loopback too: by a name that it rebinds, or by a WebSocket.
        if (!IsLoopbackName(request.Host.Host)) return false;
        return !request.Headers.TryGetValue("Origin", out var origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
    }

    private static bool IsLoopbackName(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
