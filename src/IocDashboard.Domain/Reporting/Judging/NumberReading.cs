using System.Globalization;

namespace IocDashboard.Domain.Reporting;

/// <summary>How numbers are written where no machine writes them: in a form, in pasted cells, in a file. Declared, never guessed.</summary>
public enum NumberFormat
{
    /// <summary><c>1.234.567,8</c></summary>
    Vietnamese,

    /// <summary><c>1,234,567.8</c></summary>
    International,
}

/// <summary>
/// Reads a number as a person wrote it. Digits are grouped by three or not at all; a space groups in either format. What reads as
/// another number in the other format is refused where the indicator's decimals allow both: <c>1.234</c> is twelve hundred or one
/// and a bit, and a wrong guess is a wrong figure on the wall.
/// </summary>
public static class NumberReading
{
    /// <summary>The contract's bound of 28 digits, with room for their grouping and a sign.</summary>
    private const int Longest = 48;

    /// <param name="decimals">Of the indicator: a reading with more of them is no reading.</param>
    /// <returns>The number, or the code of what is wrong: <see cref="JudgementCodes.UnreadableNumber"/>, <see cref="JudgementCodes.AmbiguousNumber"/>.</returns>
    public static (decimal? Value, string? Code) Read(string text, NumberFormat format, int decimals)
    {
        var plain = Plain(text);
        if (plain is null) return (null, JudgementCodes.UnreadableNumber);
        var meant = ReadAs(plain, format);
        var other = ReadAs(plain, format == NumberFormat.Vietnamese ? NumberFormat.International : NumberFormat.Vietnamese);
        return (meant, other) switch
        {
            (null, null) => (null, JudgementCodes.UnreadableNumber),
            // Written in the format that was not declared: what was meant is plain to a person, not to a program.
            (null, _) => (null, JudgementCodes.AmbiguousNumber),
            // As many decimals as were written: nobody writes 1.200 for one and two tenths of a figure that has tenths.
            ({ } value, { } otherwise) when value != otherwise && value.Scale <= decimals && otherwise.Scale <= decimals => (null, JudgementCodes.AmbiguousNumber),
            ({ } value, _) => (value, null),
        };
    }

    /// <summary>Digits and marks alone, with one kind of minus; null when there is anything else.</summary>
    private static string? Plain(string text)
    {
        text = text.Trim();
        if (text.Length is 0 or > Longest) return null;
        Span<char> kept = stackalloc char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            switch (c)
            {
                case >= '0' and <= '9' or '.' or ',':
                    kept[length++] = c;
                    break;
                // Hyphen, minus, and what text programs make of them.
                case '-' or '−' or '–' when length == 0:
                    kept[length++] = '-';
                    break;
                case '+' when length == 0:
                    break;
                // Spaces group thousands: the plain one, no-break, narrow no-break, thin.
                case ' ' or '\u00A0' or '\u202F' or '\u2009':
                    kept[length++] = ' ';
                    break;
                default:
                    return null;
            }
        }

        return new string(kept[..length]);
    }

    private static decimal? ReadAs(string plain, NumberFormat format)
    {
        var (group, mark) = format == NumberFormat.Vietnamese ? ('.', ',') : (',', '.');
        var start = plain.StartsWith('-') ? 1 : 0;
        var at = plain.IndexOf(mark, start);
        var whole = plain.AsSpan(start, (at < 0 ? plain.Length : at) - start).Trim(' ');
        var part = at < 0 ? default : plain.AsSpan(at + 1);
        if (at >= 0 && (part.Length == 0 || part.ContainsAnyExceptInRange('0', '9'))) return null;

        Span<char> digits = stackalloc char[plain.Length + 1];
        var length = 0;
        if (start == 1) digits[length++] = '-';
        if (!TryUngroup(whole, whole.Contains(' ') ? ' ' : group, digits, ref length)) return null;
        if (at >= 0)
        {
            digits[length++] = '.';
            part.CopyTo(digits[length..]);
            length += part.Length;
        }

        return decimal.TryParse(digits[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>One to three digits, then groups of exactly three; or digits alone.</summary>
    private static bool TryUngroup(ReadOnlySpan<char> whole, char group, Span<char> digits, ref int length)
    {
        if (whole.IsEmpty) return false;
        var first = whole.IndexOf(group);
        if (first >= 0 && (first is 0 or > 3 || whole[0] == '0')) return false;
        var inGroup = first < 0 ? 0 : 3 - first;
        for (var i = 0; i < whole.Length; i++)
        {
            if (whole[i] == group)
            {
                if (inGroup != 3) return false;
                inGroup = 0;
            }
            else if (whole[i] is >= '0' and <= '9')
            {
                if (first >= 0 && ++inGroup > 3) return false;
                digits[length++] = whole[i];
            }
            else
            {
                return false;
            }
        }

        return first < 0 || inGroup == 3;
    }
}
