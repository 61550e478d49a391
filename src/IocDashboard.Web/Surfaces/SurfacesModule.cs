using System.Security.Claims;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Account;
using IocDashboard.Web.Surfaces.Console;
using IocDashboard.Web.Surfaces.Console.Audit;
using IocDashboard.Web.Surfaces.Console.Requests;
using IocDashboard.Web.Surfaces.Portal.Files;
using IocDashboard.Web.Surfaces.Shared.Urgings;
using IocDashboard.Web.Surfaces.Wall;
using IocDashboard.Web.Surfaces.Wall.Pairing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server;

namespace IocDashboard.Web.Surfaces;

public static class SurfacesModule
{
    public static IServiceCollection AddSurfaces(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(Retain)
            .AddHubOptions(hub => hub.KeepAliveInterval = TimeSpan.FromSeconds(5)); // a page notices silence within 12 s: console.ts
        // Like the session's cookie; the framework's own would go over plain HTTP too.
        services.AddAntiforgery(options => (options.Cookie.Name, options.Cookie.SecurePolicy) = ("ioc.form", CookieSecurePolicy.SameAsRequest));
        services.AddConsole();
        services.AddWall();
        return services;
    }

    /// <summary>What lost connections may leave behind: a page comes back within minutes, or is opened anew where it was.</summary>
    private static void Retain(CircuitOptions circuits)
    {
        circuits.DisconnectedCircuitMaxRetained = 100;
        circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        circuits.PersistedCircuitInMemoryMaxRetained = 200;
        circuits.PersistedCircuitInMemoryRetentionPeriod = TimeSpan.FromMinutes(15);
        circuits.MaxBufferedUnacknowledgedRenderBatches = 10;
        circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);
    }

    public static WebApplication MapSurfaces(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().RequireAuthorization(Policies.Public);
        // A page names its own policy; what carries its circuit is for whoever may look.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().Finally(endpoint =>
        {
            if (!endpoint.Metadata.Any(m => m is ComponentTypeMetadata or IAuthorizeData))
                endpoint.Metadata.Add(new AuthorizeAttribute(Policies.View));
        });
        app.MapAccount();
        app.MapAuditExport();
        app.MapAnswersExport();
        app.MapUrgingLetters();
        app.MapTemplates();
        app.MapPairing();
        app.MapGet("/", (ClaimsPrincipal user) => Results.LocalRedirect(HomeOf(user))).RequireAuthorization(Policies.Public).ExcludeFromDescription();
        return app;
    }

    /// <summary>Where somebody's work is: an agency's people at their portal, everybody else at the console.</summary>
    private static string HomeOf(ClaimsPrincipal user) =>
        Roles.Reports.Any(user.IsInRole) && !Roles.RunsTheCentre.Any(user.IsInRole) ? "/portal" : "/console";
}
