using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace IocDashboard.Web.Platform.Http;

/// <summary>
/// Vietnamese unless a person asks for English with <c>?lang=en</c>, which is kept in a cookie. The browser's own language does
/// not decide: it says who set the browser up, and a screen on a wall must not change its language with its browser. Calls of
/// the public interface are answered in the language of their <c>Accept-Language</c>.
/// </summary>
internal static class Languages
{
    private const string Parameter = "lang";
    private const string CookieName = "ioc.language";

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN"), English = CultureInfo.GetCultureInfo("en");

    public static void AddLanguages(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(options =>
    {
        options.DefaultRequestCulture = new RequestCulture(Vietnamese);
        options.SupportedCultures = options.SupportedUICultures = [Vietnamese, English];
        options.RequestCultureProviders = [new CustomRequestCultureProvider(http => Task.FromResult(Find(http)))];
    });

    private static ProviderCultureResult? Find(HttpContext http)
    {
        var asked = Named(http.Request.Query[Parameter]);
        if (http.GetEndpoint()?.Metadata.GetMetadata<LanguageInAddressAttribute>() is not null) return asked is null ? null : Result(asked);
        if (asked is not null)
        {
            Keep(http, asked);
            return Result(asked);
        }
        if (http.Request.Path.StartsWithSegments("/api")) return Result(BestLiked(http.Request));
        return Named(http.Request.Cookies[CookieName]) is { } kept ? Result(kept) : null;
    }

    private static CultureInfo? Named(string? language) => language switch
    {
        "vi" => Vietnamese,
        "en" => English,
        _ => null,
    };

    private static CultureInfo BestLiked(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(wish => wish.Quality ?? 1)
        .Select(wish => Named(wish.Value.Value?.Split('-')[0].ToLowerInvariant()))
        .FirstOrDefault(culture => culture is not null) ?? Vietnamese;

    private static void Keep(HttpContext http, CultureInfo culture)
    {
        if (Named(http.Request.Cookies[CookieName]) == culture) return;
        http.Response.Cookies.Append(CookieName, culture.TwoLetterISOLanguageName, new CookieOptions
        {
            IsEssential = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(365),
        });
    }

    private static ProviderCultureResult Result(CultureInfo culture) => new(culture.Name);
}

/// <summary>On a page whose address alone says its language: it has no person whose choice could be kept.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class LanguageInAddressAttribute : Attribute;
