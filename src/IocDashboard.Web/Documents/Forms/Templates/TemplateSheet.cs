using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms.Templates;

/// <summary>
/// One block of a form as a sheet, written row by row: a title, the headings, the hidden row of codes, then a row for each area or
/// cell. Protected without a password: it keeps hands from slipping, not people from working.
/// </summary>
internal sealed class TemplateSheet(FormTemplate template, FormBlock block)
{
    private const int HeadingRow = 4, LabelRow = 5, CodeRow = 6, FirstEntryRow = 7;

    // The format's own bounds of a prompt's title and text.
    private const int LongestPrompt = 255;

    private readonly IReadOnlyList<TemplateColumn> _columns = TemplateColumn.For(template, block);
    private readonly CellKey[] _rows = block.IsGrid ? [.. block.Areas.Select(a => new CellKey("", a))] : [.. block.Cells];

    /// <summary>The rows that are printed on every page, as a defined name refers to them.</summary>
    public static string RepeatedRows(string sheetName) => $"'{sheetName}'!${HeadingRow}:${LabelRow}";

    public void Write(WorksheetPart part)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        writer.WriteElement(View());
        writer.WriteElement(new SheetFormatProperties { DefaultRowHeight = 15 });
        writer.WriteElement(Widths());
        writer.WriteStartElement(new SheetData());
        WriteHead(writer);
        for (var row = 0; row < _rows.Length; row++) writer.WriteElement(Entries(row));
        writer.WriteEndElement();
        // Sorting, and wider columns, stay allowed: what a row is, its code says.
        writer.WriteElement(new SheetProtection { Sheet = true, Objects = true, Scenarios = true, FormatColumns = false, FormatRows = false, Sort = false, AutoFilter = false });
        if (Headings() is { } merges) writer.WriteElement(merges);
        writer.WriteElement(Validations());
        writer.WriteElement(new PageMargins { Left = 0.4, Right = 0.4, Top = 0.5, Bottom = 0.6, Header = 0.3, Footer = 0.3 });
        writer.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });
        writer.WriteElement(new HeaderFooter(new OddFooter($"&L{Escaped(template.FileName)}&R{FormText.Get("Page", template.Culture)}")));
        writer.WriteEndElement();
    }

    private SheetViews View()
    {
        // Names stay in sight too: in a list the indicator and its area.
        var names = block.IsGrid ? 2u : 3u;
        var corner = Column((int)names + 1) + Text(FirstEntryRow);
        return new(new SheetView(
            new Pane { HorizontalSplit = names, VerticalSplit = FirstEntryRow - 1, TopLeftCell = corner, ActivePane = PaneValues.BottomRight, State = PaneStateValues.Frozen },
            new Selection { Pane = PaneValues.BottomRight, ActiveCell = FirstEntry(), SequenceOfReferences = new() { InnerText = FirstEntry() } })
        {
            WorkbookViewId = 0, ShowGridLines = false,
        });

        string FirstEntry() => Column(ColumnOf(_columns.First(c => c.Kind == TemplateCodes.Value))) + Text(FirstEntryRow);
    }

    private Columns Widths()
    {
        var columns = new Columns(new Column { Min = 1, Max = 1, Width = 12, Hidden = true, CustomWidth = true });
        for (var i = 0; i < _columns.Count; i++) columns.Append(new Column { Min = (uint)i + 2, Max = (uint)i + 2, Width = _columns[i].Width, CustomWidth = true });
        return columns;
    }

    private void WriteHead(OpenXmlWriter writer)
    {
        writer.WriteElement(new Row(Cell(2, 1, template.Title, TemplateStyles.Title)) { RowIndex = 1, Height = 24, CustomHeight = true });
        var subtitle = FormText.Format("Subtitle", template.Culture, FormText.Period(template.Period, template.Culture), FormText.Example(template.Numbers));
        writer.WriteElement(new Row(Cell(2, 2, subtitle, TemplateStyles.Quiet)) { RowIndex = 2 });
        writer.WriteElement(new Row(Cell(2, 3, FormText.Get("Hint", template.Culture), TemplateStyles.Quiet)) { RowIndex = 3 });
        writer.WriteElement(new Row(_columns.Select((c, i) => Cell(i + 2, HeadingRow, c.Heading ?? "", TemplateStyles.Header))) { RowIndex = HeadingRow, Height = block.IsGrid ? 32 : 6, CustomHeight = true });
        writer.WriteElement(new Row(_columns.Select((c, i) => Cell(i + 2, LabelRow, c.Label, TemplateStyles.Header))) { RowIndex = LabelRow, Height = 44, CustomHeight = true });
        writer.WriteElement(new Row(
            [Cell(1, CodeRow, TemplateCodes.Column, TemplateStyles.Plain), .. _columns.Select((c, i) => Cell(i + 2, CodeRow, c.Code, TemplateStyles.Plain))])
        {
            RowIndex = CodeRow, Hidden = true,
        });
    }

    private Row Entries(int row)
    {
        var (key, number) = (_rows[row], row + FirstEntryRow);
        var cells = new List<OpenXmlElement> { Cell(1, number, TemplateCodes.Of(key.Indicator, key.Area), TemplateStyles.Plain) };
        for (var i = 0; i < _columns.Count; i++)
        {
            var column = _columns[i];
            // A grid's row names an area alone; which cell of the form this is, its column says.
            cells.Add(Cell(i + 2, number, column.Of(column.Indicator is { } of ? key with { Indicator = of.Code } : key)));
        }

        return new Row(cells) { RowIndex = (uint)number };
    }

    private MergeCells? Headings()
    {
        var merges = new List<MergeCell>();
        for (var i = 0; i < _columns.Count;)
        {
            var last = i;
            while (_columns[i].Heading is not null && last + 1 < _columns.Count && _columns[last + 1].Heading == _columns[i].Heading) last++;
            if (last > i) merges.Add(new MergeCell { Reference = $"{Column(i + 2)}{HeadingRow}:{Column(last + 2)}{HeadingRow}" });
            i = last + 1;
        }

        return merges.Count == 0 ? null : new MergeCells(merges) { Count = (uint)merges.Count };
    }

    private DataValidations Validations()
    {
        var validations = new List<DataValidation>();
        foreach (var column in _columns.Where(c => c.Kind == TemplateCodes.Value))
        {
            if (column.Indicator is { } one) validations.Add(Range(one.Code, block.Areas, column, 0, _rows.Length - 1));
            else for (var row = 0; row < _rows.Length; row++) validations.Add(Range(_rows[row].Indicator, [_rows[row].Area], column, row, row));
        }

        foreach (var column in _columns.Where(c => c.Kind == TemplateCodes.Status)) validations.Add(Choice(column));
        return new(validations) { Count = (uint)validations.Count };
    }

    private DataValidation Range(string code, IReadOnlyList<string> areas, TemplateColumn column, int first, int last)
    {
        var indicator = template.Catalogue.Indicators[code];
        var (least, most) = (areas.Min(indicator.LeastPlausible), indicator.PlausibleMax);
        var text = FormText.Format("Input.Range", template.Culture, least, most, indicator.Decimals);
        // Only decimals are asked for: text that reads as a number in the declared format is judged when the file comes back.
        return new(new Formula1(Text(least)), new Formula2(Text(most)))
        {
            Type = DataValidationValues.Decimal, Operator = DataValidationOperatorValues.Between, AllowBlank = true,
            ShowErrorMessage = true, ErrorStyle = DataValidationErrorStyleValues.Stop, ErrorTitle = FormText.Get("Input.Range.Title", template.Culture), Error = Short(text),
            ShowInputMessage = true, PromptTitle = Short(indicator.Code + ", " + indicator.Unit.In(template.Culture), 32), Prompt = Short(text),
            SequenceOfReferences = Cells(column, first, last),
        };
    }

    private DataValidation Choice(TemplateColumn column) =>
        new(new Formula1($"\"{string.Join(',', StatusWords.In(template.Culture))}\""))
        {
            Type = DataValidationValues.List, AllowBlank = true, ShowErrorMessage = true, ErrorStyle = DataValidationErrorStyleValues.Stop,
            ErrorTitle = FormText.Get("Column.Status", template.Culture), Error = FormText.Get("Input.Status", template.Culture),
            SequenceOfReferences = Cells(column, 0, _rows.Length - 1),
        };

    private ListValue<StringValue> Cells(TemplateColumn column, int first, int last)
    {
        var letter = Column(ColumnOf(column));
        return new() { InnerText = $"{letter}{first + FirstEntryRow}:{letter}{last + FirstEntryRow}" };
    }

    private int ColumnOf(TemplateColumn column) => _columns.TakeWhile(c => c != column).Count() + 2;

    private static Cell Cell(int column, int row, TemplateValue value) => value.Number is { } number
        ? new Cell(new DocumentFormat.OpenXml.Spreadsheet.CellValue(Text(number))) { CellReference = Column(column) + Text(row), StyleIndex = value.Style }
        : Cell(column, row, value.Text ?? "", value.Style);

    private static Cell Cell(int column, int row, string text, uint style)
    {
        var cell = new Cell { CellReference = Column(column) + Text(row), StyleIndex = style };
        if (text.Length == 0) return cell;
        cell.DataType = CellValues.InlineString;
        cell.Append(new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
        return cell;
    }

    private static string Column(int number) => Reading.CellAddress.Letters(number);

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string text, int longest = LongestPrompt) => text.Length <= longest ? text : text[..longest];

    // In a header an ampersand begins an instruction.
    private static string Escaped(string text) => text.Replace("&", "&&", StringComparison.Ordinal);
}
