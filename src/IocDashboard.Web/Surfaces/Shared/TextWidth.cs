using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>
/// How wide a text will be, in hundredths of its font size, so that a composer can choose the wording that fits: a wall has
/// no ellipses. Advances of the two fonts that are served with the pages, without kerning, at the weights of a tile.
/// </summary>
public static class TextWidth
{
    /// <summary>ASCII from the space on; taken from Be Vietnam Pro 500.</summary>
    private static readonly byte[] Text =
    [
        23, 30, 34, 82, 65, 86, 75, 19, 44, 44, 50, 62, 32, 61, 30, 52, 68, 40, 65, 67, 71, 67, 69, 59, 64, 69, 30, 32, 56, 73, 56, 59,
        101, 75, 69, 78, 74, 63, 64, 78, 72, 27, 47, 69, 63, 86, 74, 83, 66, 82, 68, 64, 66, 73, 72, 102, 74, 68, 66, 47, 50, 47, 58, 71,
        23, 65, 66, 62, 66, 60, 39, 65, 59, 27, 28, 57, 27, 89, 58, 65, 66, 66, 40, 52, 43, 57, 58, 87, 57, 59, 51, 44, 42, 44, 47,
    ];

    /// <summary>ASCII from the space on; taken from Inter 600, digits tabular.</summary>
    private static readonly byte[] Figures =
    [
        25, 32, 52, 64, 65, 100, 66, 33, 37, 37, 54, 67, 32, 47, 32, 38, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66, 32, 33, 67, 67, 67, 54,
        100, 73, 66, 74, 72, 61, 59, 75, 75, 28, 58, 70, 57, 92, 76, 77, 65, 77, 65, 65, 66, 74, 73, 102, 72, 71, 65, 37, 38, 37, 48, 47,
        35, 57, 62, 58, 62, 59, 39, 63, 61, 26, 26, 57, 26, 90, 61, 61, 62, 62, 40, 55, 35, 61, 59, 84, 57, 59, 57, 45, 36, 45, 67,
    ];

    private static readonly FrozenDictionary<char, byte> Others = new Dictionary<char, byte>
    {
        ['đ'] = 67, ['Đ'] = 79, ['ơ'] = 65, ['Ơ'] = 83, ['ư'] = 58, ['Ư'] = 74, ['·'] = 30, ['–'] = 69, ['−'] = 67,
        ['≥'] = 62, ['≤'] = 62, ['≈'] = 62, ['³'] = 46, ['µ'] = 61, ['‰'] = 110, ['—'] = 100,
    }.ToFrozenDictionary();

    public static double OfText(string text, double size) => Sum(text, Text) * size / 100;

    public static double OfFigures(string text, double size) => Sum(text, Figures) * size / 100;

    private static int Sum(string text, byte[] advances)
    {
        var sum = 0;
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            if (c is >= ' ' and <= '~') sum += advances[c - ' '];
            else if (Others.TryGetValue(c, out var advance)) sum += advance;
            else sum += Base(c) is >= ' ' and <= '~' and var letter ? advances[letter - ' '] : Others.GetValueOrDefault(Base(c), (byte)80);
        }

        return sum;
    }

    /// <summary>The letter without its tone and circumflex or breve, which take no width of their own.</summary>
    private static char Base(char c)
    {
        var parts = c.ToString().Normalize(NormalizationForm.FormD);
        if (parts.Length > 1 && parts[1] == '\u031B') return parts[0] switch { 'o' => 'ơ', 'O' => 'Ơ', 'u' => 'ư', _ => 'Ư' };
        return CharUnicodeInfo.GetUnicodeCategory(parts[0]) == UnicodeCategory.NonSpacingMark ? ' ' : parts[0];
    }
}
