using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;

namespace IocDashboard.Web.Surfaces.Wall.Pairing;

/// <summary><c>GET /wall/pairing</c>: whether the screen that asks is still waiting, for its script.</summary>
internal static class PairingEndpoint
{
    public static void MapPairing(this IEndpointRouteBuilder routes) => routes.MapGet("/wall/pairing", async (HttpContext http, Pairings pairings) =>
    {
        http.Response.Headers.CacheControl = "no-store";
        var state = await pairings.FindAsync(http.Request.Cookies[PairingPage.CookieName], http.RequestAborted);
        return TypedResults.Ok(new { state = state switch { PairingState.Waiting => "waiting", PairingState.Ready => "ready", _ => "gone" } });
    }).RequireAuthorization(Policies.Public).ExcludeFromDescription();
}
