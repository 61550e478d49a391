using System.Globalization;

namespace IocDashboard.Web.Documents;

/// <summary>A cell of a table that leaves: a spreadsheet takes text that begins like a formula for one.</summary>
public static class SpreadsheetCell
{
    /// <summary>
    /// The text with an apostrophe before it when it could be run. A number stays a number. One that has an apostrophe of its own gets
    /// another, so that whoever takes the first one off again has the text as it was.
    /// </summary>
    public static string Harmless(string cell) => cell is ['=' or '+' or '-' or '@' or '\'' or '\t' or '\r' or '\n', ..] && !IsNumber(cell) ? "'" + cell : cell;

    private static bool IsNumber(string cell) =>
        decimal.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);
}
