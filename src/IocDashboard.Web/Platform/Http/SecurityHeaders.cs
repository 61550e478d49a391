using System.Globalization;

namespace IocDashboard.Web.Platform.Http;

/// <summary>
/// What a browser may do with our pages: run our own scripts only, from files; talk to this server only; be framed by this
/// site only. Styles may stand in attributes, because shares and positions are drawn with them.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>How long a browser that came by HTTPS once asks for nothing else.</summary>
    internal static readonly TimeSpan RememberHttpsFor = TimeSpan.FromDays(365);

    private const string Pages =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    // The reference page of the interface is a foreign component that starts itself from a script in the page.
    private const string Reference =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(Add, http);
        return next(http);
    });

    private static Task Add(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/docs") ? Reference : Pages;
        if (http.Request.IsHttps) headers.StrictTransportSecurity = string.Create(CultureInfo.InvariantCulture, $"max-age={RememberHttpsFor.TotalSeconds:0}");
        return Task.CompletedTask;
    }
}
