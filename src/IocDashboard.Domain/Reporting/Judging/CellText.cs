using System.Globalization;
using System.Text;

namespace IocDashboard.Domain.Reporting;

/// <summary>Digits and notes of a cell, as they may be kept.</summary>
internal static class CellText
{
    /// <summary>The contract's bound for a decimal.</summary>
    public const int MostDigits = 28;

    public const int LongestNote = 1_000;

    private const decimal Bound = 9_999_999_999_999_999_999_999_999_999m;

    public static string Of(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>No more decimals than the indicator has (closing zeros do not count), no more than 28 digits in all.</summary>
    public static bool FitsPrecision(decimal value, int decimals)
    {
        if (value.Scale > decimals && decimal.Round(value, decimals) != value) return false;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        return new decimal(bits[0], bits[1], bits[2], isNegative: false, scale: 0) <= Bound;
    }

    /// <summary>
    /// The note trimmed and in NFC, null when it says nothing. False when it is too long or holds what cannot be kept as
    /// text: control characters (PostgreSQL refuses U+0000) or halves of surrogate pairs.
    /// </summary>
    public static bool TryNote(string? note, out string? kept, int longest = LongestNote)
    {
        kept = null;
        if (string.IsNullOrWhiteSpace(note)) return true;
        if (note.Length > longest) return false;
        for (var rest = note.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done) return false;
            // U+FFFE is no character: nothing that sorts or compares text takes it.
            if ((Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t')) || rune.Value == 0xFFFE) return false;
            rest = rest[used..];
        }

        kept = note.Trim().Normalize(NormalizationForm.FormC);
        return true;
    }
}
