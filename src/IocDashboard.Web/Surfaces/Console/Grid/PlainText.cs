using System.Globalization;
using System.Text;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>
/// Text as a person types it when looking for something: lower case, without diacritics, đ as d. Decomposition takes the
/// marks off, so <c>hoà</c> and <c>hòa</c> meet; đ (and U+00D0, which old keyboards send for Đ) does not decompose and is mapped.
/// </summary>
public static class PlainText
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            var plain = rune.Value is 'đ' or 'Đ' or 0xD0 or 0xF0 ? new Rune('d') : Rune.ToLowerInvariant(rune);
            folded.Append(plain);
        }

        return folded.ToString();
    }

    /// <summary>The words of a search, folded; every one of them must occur.</summary>
    public static string[] Words(string? search) =>
        string.IsNullOrWhiteSpace(search) ? [] : Fold(search).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static bool Matches(string folded, string[] words)
    {
        foreach (var word in words)
        {
            if (!folded.Contains(word, StringComparison.Ordinal)) return false;
        }

        return true;
    }
}
