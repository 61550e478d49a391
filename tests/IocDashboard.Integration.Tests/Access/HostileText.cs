using System.Text;

namespace IocDashboard.Tests.Access;

/// <summary>Text as nobody types it: controls, U+0000, halves of pairs, what is no character, and what lies beyond the first plane.</summary>
internal static class HostileText
{
    /// <summary>Each of one kind more than of others: a text with a U+0000 is refused at the door, and never sees what comes after.</summary>
    public static string Of(Random random, int most)
    {
        var (kind, length) = (random.Next(8), random.Next(most));
        return string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(3) > 0 ? Ascii(random) : kind switch
        {
            0 => "\0",
            1 => ((char)random.Next(0xD800, 0xE000)).ToString(),
            2 => ((char)random.Next(0xFFFD, 0x10000)).ToString(),
            3 or 4 => ((char)(random.Next(2) == 0 ? random.Next(1, 0x20) : random.Next(0x7F, 0xA0))).ToString(),
            5 => char.ConvertFromUtf32(random.Next(0x10000, 0x110000)),
            6 => ((char)random.Next(0xA0, 0xD800)).ToString(),
            _ => Ascii(random),
        }));
    }

    /// <summary>As UTF-8 would write it if halves of pairs could be written: nothing is made good on the way.</summary>
    public static byte[] Raw(string text)
    {
        var bytes = new List<byte>(text.Length + 8);
        Span<byte> four = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.AddRange(four[..rune.EncodeToUtf8(four)]);
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                bytes.AddRange([(byte)(0xE0 | (text[i] >> 12)), (byte)(0x80 | ((text[i] >> 6) & 0x3F)), (byte)(0x80 | (text[i] & 0x3F))]);
            }
        }

        return [.. bytes];
    }

    /// <summary>For a form or an address.</summary>
    public static string Escaped(string text) => string.Concat(Raw(text).Select(b => char.IsAsciiLetterOrDigit((char)b) ? ((char)b).ToString() : $"%{b:X2}"));

    private static string Ascii(Random random) => ((char)random.Next(0x20, 0x7F)).ToString();
}
