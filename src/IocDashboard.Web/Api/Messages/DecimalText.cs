using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace IocDashboard.Web.Api.Messages;

/// <summary>
/// Decimals as the contract writes them: the grammar of a JSON number, in a number or in a string, at most 28 digits.
/// Nothing is rounded: what does not fit is refused.
/// </summary>
public static class DecimalText
{
    public const int MostDigits = 28;

    public enum Reading { Ok, NotANumber, TooManyDigits }

    public static Reading Read(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (!Measure(text, out var digits, out var scale, out var exponent)) return Reading.NotANumber;

        // Places before and after the point once the exponent is applied; zero needs none of them.
        if (digits > MostDigits || scale - exponent > MostDigits || digits - scale + exponent > MostDigits)
            return Reading.TooManyDigits;
        if (exponent == 0 && Utf8Parser.TryParse(text, out value, out var used) && used == text.Length) return Reading.Ok;
        return decimal.TryParse(Encoding.ASCII.GetString(text), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            ? Reading.Ok
            : Reading.TooManyDigits;
    }

    /// <summary>False when the text is not <c>-?digits(.digits)?([eE][+-]?digits)?</c>. Leading zeros do not count as digits.</summary>
    private static bool Measure(ReadOnlySpan<byte> text, out int digits, out int scale, out int exponent)
    {
        digits = scale = exponent = 0;
        var at = text is [(byte)'-', ..] ? 1 : 0;
        var significant = false;
        var whole = Digits(text, ref at, ref digits, ref significant);
        if (whole == 0 || (whole > 1 && text[at - whole] == '0')) return false;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            scale = Digits(text, ref at, ref digits, ref significant);
            if (scale == 0) return false;
        }

        if (at < text.Length && (text[at] | 0x20) == 'e')
        {
            if (!Utf8Parser.TryParse(text[(at + 1)..], out exponent, out var used) || used != text.Length - at - 1)
            {
                // A power too large for an int is still a number, only not one that fits.
                var power = text[(at + 1)..];
                if (power is [(byte)'+' or (byte)'-', ..]) power = power[1..];
                if (power.IsEmpty || power.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return false;
                exponent = 1000;
                digits = MostDigits + 1;
            }

            exponent = Math.Clamp(exponent, -1000, 1000);
            if (!significant) exponent = 0;
            at = text.Length;
        }

        return at == text.Length;
    }

    private static int Digits(ReadOnlySpan<byte> text, ref int at, ref int digits, ref bool significant)
    {
        var start = at;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            significant |= text[at] != '0';
            if (significant) digits++;
            at++;
        }

        return at - start;
    }
}
