using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>A cell's value as read: what stands there, the number, or the code of why it is none.</summary>
internal readonly record struct ReadValue(string Text, decimal? Number, string? Fault, string? Notice = null);

/// <summary>Values of cells, typed and written. Nothing is computed and nothing guessed.</summary>
internal static class ValueReading
{
    // What a spreadsheet keeps of a number; a further digit is its binary remainder.
    private const int SpreadsheetDigits = 15;

    public static ReadValue Of(GridCell cell, NumberFormat numbers, int decimals)
    {
        if (cell.Kind == GridKind.Error) return new(cell.Text, null, FileCodes.ErrorCell);
        if (cell is { IsFormula: true, Kind: not GridKind.Number } || (cell.IsFormula && cell.Text.Length == 0)) return new(cell.Text, null, FileCodes.FormulaCell);
        if (cell.Kind == GridKind.Date) return new(cell.Text, null, FileCodes.DateCell);
        if (cell.Kind == GridKind.Truth) return new(cell.Text, null, JudgementCodes.UnreadableNumber);
        if (cell.Kind == GridKind.Text) return Written(cell.Text, numbers, decimals);
        return cell.Shown switch
        {
            ShownAs.Date => new(cell.Text, null, FileCodes.DateCell),
            ShownAs.Percent => new(cell.Text, null, FileCodes.PercentCell),
            _ => Typed(cell.Text, numbers, cell.IsFormula ? FileCodes.FormulaValue : null),
        };
    }

    /// <summary>As a person wrote it, in the format that the file declares.</summary>
    public static ReadValue Written(string text, NumberFormat numbers, int decimals)
    {
        text = text.Trim();
        if (text.Length == 0) return new("", null, null);
        var (value, code) = NumberReading.Read(text, numbers, decimals);
        return new(text, value, code);
    }

    /// <summary>As programs write it: a decimal point, no groups; SDMX and the cells of a workbook.</summary>
    public static ReadValue Plain(string text)
    {
        text = text.Trim();
        if (text.Length == 0) return new("", null, null);
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value))
            return new(text, null, double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? FileCodes.TooManyDigits : FileCodes.NotANumber);
        return new(text, value, null);
    }

    private static ReadValue Typed(string text, NumberFormat numbers, string? notice)
    {
        var plain = Plain(text);
        if (plain.Number is not { } number) return plain;
        // 0.1 + 0.2 is kept as 0.30000000000000004: what its sender sees has fifteen digits.
        if (Digits(text) > SpreadsheetDigits && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var binary))
            number = (decimal)binary;
        var shown = number.ToString(CultureInfo.InvariantCulture);
        return new(numbers == NumberFormat.Vietnamese ? shown.Replace('.', ',') : shown, number, null, notice);
    }

    private static int Digits(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            if (c is 'e' or 'E') break;
            if (char.IsAsciiDigit(c) && (digits > 0 || c != '0')) digits++;
        }

        return digits;
    }
}
