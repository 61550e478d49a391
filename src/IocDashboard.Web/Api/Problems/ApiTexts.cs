using System.Globalization;

namespace IocDashboard.Web.Api.Problems;

/// <summary>The language in which a caller is answered: Vietnamese unless English is preferred.</summary>
public static class ApiTexts
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The better liked of <c>vi</c> and <c>en</c> in <c>Accept-Language</c>.</summary>
    public static CultureInfo LanguageOf(HttpRequest request)
    {
        var best = Vietnamese;
        var weight = 0d;
        foreach (var wish in request.GetTypedHeaders().AcceptLanguage)
        {
            var quality = wish.Quality ?? 1d;
            if (quality <= weight) continue;
            var tag = wish.Value.AsSpan();
            if (IsOrBelongsTo(tag, "en")) (best, weight) = (English, quality);
            else if (IsOrBelongsTo(tag, "vi")) (best, weight) = (Vietnamese, quality);
        }

        return best;
    }

    private static bool IsOrBelongsTo(ReadOnlySpan<char> tag, string language) =>
        tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == 2 || tag[2] == '-');
}
