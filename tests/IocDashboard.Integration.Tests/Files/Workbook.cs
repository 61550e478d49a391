using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Documents.Forms.Templates;
using CellValue = DocumentFormat.OpenXml.Spreadsheet.CellValue;
using Sheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;

namespace IocDashboard.Integration.Tests.Files;

/// <summary>A template in the hands of somebody who fills it in: cells are found by the hidden codes, as its reader finds them.</summary>
internal sealed class Workbook : IDisposable
{
    private readonly MemoryStream _file = new();
    private readonly SpreadsheetDocument _document;

    public Workbook(byte[] file)
    {
        _file.Write(file);
        _document = SpreadsheetDocument.Open(_file, isEditable: true);
    }

    public SpreadsheetDocument Document => _document;

    public static Workbook Of(FormTemplate template) => new(XlsxTemplate.Write(template));

    public IEnumerable<(Sheet Sheet, WorksheetPart Part)> Sheets => _document.WorkbookPart!.Workbook!.Descendants<Sheet>()
        .Select(s => (s, (WorksheetPart)_document.WorkbookPart.GetPartById(s.Id!)));

    /// <summary>The cell of a form's cell: its <c>value</c>, <c>status</c> or <c>note</c>.</summary>
    public Cell this[CellKey key, string kind = "value"]
    {
        get
        {
            foreach (var (_, part) in Sheets)
            {
                var rows = part.Worksheet!.Descendants<Row>().ToList();
                if (rows.Find(r => r.Elements<Cell>().Any(c => TextOf(c) == "#ioc")) is not { } codes) continue;
                var column = codes.Elements<Cell>().FirstOrDefault(c => TextOf(c) == $"{key.Indicator}/{kind}") ?? codes.Elements<Cell>().FirstOrDefault(c => TextOf(c) == $"/{kind}");
                var row = rows.Find(r => TextOf(r.Elements<Cell>().FirstOrDefault()) is { } code && (code == $"/{key.Area}" || code == $"{key.Indicator}/{key.Area}"));
                if (column is null || row is null) continue;
                var reference = Letters(column) + row.RowIndex!.Value.ToString(CultureInfo.InvariantCulture);
                if (row.Elements<Cell>().FirstOrDefault(c => c.CellReference == reference) is { } cell) return cell;
            }

            throw new InvalidOperationException($"No cell for {key} {kind}.");
        }
    }

    public Workbook Number(CellKey key, decimal value) => Raw(key, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>As it stands in the file, of whatever type.</summary>
    public Workbook Raw(CellKey key, string value, CellValues? type = null, uint? style = null)
    {
        var cell = this[key];
        cell.RemoveAllChildren();
        cell.DataType = type;
        if (style is { } s) cell.StyleIndex = s;
        cell.Append(new CellValue(value));
        return this;
    }

    public Workbook Text(CellKey key, string text, string kind = "value")
    {
        var cell = this[key, kind];
        cell.RemoveAllChildren();
        cell.DataType = CellValues.InlineString;
        cell.Append(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        return this;
    }

    public Workbook Formula(CellKey key, string formula, string? result, CellValues? type = null)
    {
        var cell = this[key];
        cell.RemoveAllChildren();
        cell.DataType = type;
        cell.Append(new CellFormula(formula));
        if (result is not null) cell.Append(new CellValue(result));
        return this;
    }

    public Workbook Merge(CellKey first, CellKey last)
    {
        var cell = this[first];
        var sheet = cell.Ancestors<Worksheet>().First();
        var merges = sheet.GetFirstChild<MergeCells>() ?? sheet.InsertAfter(new MergeCells(), sheet.GetFirstChild<SheetProtection>());
        merges!.Append(new MergeCell { Reference = $"{cell.CellReference}:{this[last].CellReference}" });
        return this;
    }

    public byte[] Save()
    {
        _document.Save();
        _document.Dispose();
        return _file.ToArray();
    }

    public void Dispose()
    {
        _document.Dispose();
        _file.Dispose();
    }

    public static string TextOf(Cell? cell) => cell?.InnerText ?? "";

    public static string Letters(Cell cell) => new([.. cell.CellReference!.Value!.TakeWhile(char.IsLetter)]);
}
