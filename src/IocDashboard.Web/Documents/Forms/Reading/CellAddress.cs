using System.Globalization;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>Addresses of cells as spreadsheets write them: <c>AB12</c>, columns counted from one.</summary>
internal static class CellAddress
{
    /// <summary>The format's own bounds.</summary>
    public const int MostRows = 1_048_576, MostColumns = 16_384;

    public static string Letters(int column)
    {
        Span<char> letters = stackalloc char[7];
        var at = letters.Length;
        for (; column > 0; column = (column - 1) / 26) letters[--at] = (char)('A' + ((column - 1) % 26));
        return new string(letters[at..]);
    }

    public static string Of(int column, int row) => Letters(column) + row.ToString(CultureInfo.InvariantCulture);

    /// <summary>False for anything but letters and then digits, within the format's bounds.</summary>
    public static bool TryRead(ReadOnlySpan<char> address, out int column, out int row)
    {
        (column, row) = (0, 0);
        var at = 0;
        for (; at < address.Length && char.IsAsciiLetter(address[at]) && column <= MostColumns; at++) column = (column * 26) + (address[at] & 0x1F);
        return at > 0 && column <= MostColumns && int.TryParse(address[at..], NumberStyles.None, CultureInfo.InvariantCulture, out row) && row is > 0 and <= MostRows;
    }
}
