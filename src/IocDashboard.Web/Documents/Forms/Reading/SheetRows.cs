using System.Globalization;
using System.Xml;

namespace IocDashboard.Web.Documents.Forms.Reading;

internal enum GridKind { Text, Number, Truth, Error, Date }

/// <summary>One cell of a sheet as it stands there; a formula's is the result that was stored with it, for none is ever computed.</summary>
internal readonly record struct GridCell(int Column, GridKind Kind, string Text, ShownAs Shown, bool IsFormula)
{
    public bool IsBlank => !IsFormula && string.IsNullOrWhiteSpace(Text);
}

/// <summary>The rows of one sheet, one at a time: the list is the same for all of them. Merged ranges follow after the last.</summary>
internal sealed class SheetRows(WorkbookParts workbook)
{
    private readonly List<GridCell> _cells = [];

    public int Number { get; private set; }

    public bool IsHidden { get; private set; }

    public IReadOnlyList<GridCell> Cells => _cells;

    public List<(int FirstColumn, int FirstRow, int LastColumn, int LastRow)> Merged { get; } = [];

    /// <summary>Null where there is no cell.</summary>
    public GridCell? this[int column]
    {
        get
        {
            foreach (var cell in _cells)
                if (cell.Column == column) return cell;
            return null;
        }
    }

    /// <summary>True at the next row; false at the end of the sheet.</summary>
    public bool Read(XmlReader xml)
    {
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "row")
            {
                ReadRow(xml);
                return true;
            }

            if (xml.LocalName == "mergeCell" && Range(xml.GetAttribute("ref")) is { } range) Merged.Add(range);
        }

        return false;
    }

    private void ReadRow(XmlReader xml)
    {
        _cells.Clear();
        Number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Number + 1;
        IsHidden = xml.GetAttribute("hidden") is "1" or "true";
        if (xml.IsEmptyElement) return;
        var (depth, column) = (xml.Depth, 0);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c") continue;
            column = CellAddress.TryRead(xml.GetAttribute("r"), out var at, out _) ? at : column + 1;
            var cell = ReadCell(xml, column);
            if (cell is { IsFormula: true } or { Text.Length: > 0 }) _cells.Add(cell);
        }
    }

    private GridCell ReadCell(XmlReader xml, int column)
    {
        var type = xml.GetAttribute("t");
        var shown = int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var style) && style < workbook.Styles.Count
            ? workbook.Styles[style]
            : ShownAs.Number;
        var (text, formula) = ("", false);
        if (!xml.IsEmptyElement)
        {
            var depth = xml.Depth;
            xml.Read();
            while (xml.Depth > depth)
            {
                if (xml.NodeType != XmlNodeType.Element) xml.Read();
                else if (xml.LocalName == "v") text = xml.ReadElementContentAsString();
                else if (xml.LocalName == "is")
                {
                    text = WorkbookParts.RichText(xml);
                    xml.Read();
                }
                else
                {
                    formula |= xml.LocalName == "f";
                    xml.Skip();
                }
            }
        }

        return type switch
        {
            "s" => new(column, GridKind.Text, Shared(text), shown, formula),
            "inlineStr" or "str" => new(column, GridKind.Text, text, shown, formula),
            "b" => new(column, GridKind.Truth, text, shown, formula),
            "e" => new(column, GridKind.Error, text, shown, formula),
            "d" => new(column, GridKind.Date, text, shown, formula),
            _ => new(column, GridKind.Number, text, shown, formula),
        };
    }

    private string Shared(string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < workbook.Strings.Count ? workbook.Strings[at] : "";

    private static (int, int, int, int)? Range(string? reference)
    {
        if (reference?.Split(':') is not [var first, var last]) return null;
        return CellAddress.TryRead(first, out var left, out var top) && CellAddress.TryRead(last, out var right, out var bottom) ? (left, top, right, bottom) : null;
    }
}
