using System.Globalization;

namespace IocDashboard.Web.Surfaces;

/// <summary>
/// The language of a page for people: <c>?lang=vi</c> or <c>?lang=en</c> chooses and is remembered in a cookie, which the
/// page's circuit then brings along; Vietnamese where nobody chose. The API reads <c>Accept-Language</c> by itself.
/// </summary>
public static class PageLanguage
{
    private const string Cookie = "ioc-lang", Query = "lang";

    public static WebApplication UsePageLanguage(this WebApplication app)
    {
        app.Use(next => async http =>
        {
            if (!http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
            {
                var asked = http.Request.Query[Query].FirstOrDefault();
                if (asked is "vi" or "en" && !IsDisplay(http))
                    http.Response.Cookies.Append(Cookie, asked, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true });
                var culture = DisplayCulture.Of(asked ?? http.Request.Cookies[Cookie]);
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
            }

            await next(http);
        });
        return app;
    }

    /// <summary>A display's address is its own business and not the choice of a person at this browser.</summary>
    private static bool IsDisplay(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<DisplayPageAttribute>() is not null;
}
