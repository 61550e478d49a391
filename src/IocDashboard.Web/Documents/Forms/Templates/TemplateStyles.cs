using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IocDashboard.Web.Documents.Forms.Templates;

/// <summary>The looks of a template's cells. What may be written in is unlocked and yellow; the rest is locked with the sheet.</summary>
internal static class TemplateStyles
{
    public const uint Plain = 0, Title = 1, Quiet = 2, Header = 3, Name = 4, Choice = 5, Note = 6;

    private const int MostDecimals = 9;
    private const uint FirstEntry = 7, FirstPrevious = FirstEntry + MostDecimals + 1;

    // Ids below are the format's own.
    private const uint FirstNumberFormat = 170;

    public static uint Entry(int decimals) => FirstEntry + (uint)Math.Min(decimals, MostDecimals);

    public static uint Previous(int decimals) => FirstPrevious + (uint)Math.Min(decimals, MostDecimals);

    public static Stylesheet Sheet() => new(
        new NumberingFormats(Decimals().Select(d => new NumberingFormat { NumberFormatId = FirstNumberFormat + (uint)d, FormatCode = d == 0 ? "#,##0" : "#,##0." + new string('0', d) })) { Count = MostDecimals + 1 },
        new Fonts(Font(11), Font(14, bold: true), Font(10, colour: "FF595959"), Font(10, bold: true)) { Count = 4 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid("FFDCE6F1"), Solid("FFFFF9DB"), Solid("FFEDEDED")) { Count = 5 },
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()), Thin()) { Count = 2 },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(Formats()) { Count = (uint)Formats().Count() },
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });

    private static IEnumerable<CellFormat> Formats() =>
    [
        Format(font: 0), Format(font: 1), Format(font: 2),
        Format(font: 3, fill: 2, border: 1, align: HorizontalAlignmentValues.Center, wrap: true),
        Format(font: 0, border: 1, wrap: true),
        Format(font: 0, fill: 3, border: 1, open: true),
        Format(font: 0, fill: 3, border: 1, wrap: true, open: true),
        .. Decimals().Select(d => Format(font: 0, fill: 3, border: 1, number: FirstNumberFormat + (uint)d, open: true)),
        .. Decimals().Select(d => Format(font: 2, fill: 4, border: 1, number: FirstNumberFormat + (uint)d)),
    ];

    private static IEnumerable<int> Decimals() => Enumerable.Range(0, MostDecimals + 1);

    private static CellFormat Format(uint font, uint fill = 0, uint border = 0, uint number = 0, HorizontalAlignmentValues? align = null, bool wrap = false, bool open = false) => new()
    {
        NumberFormatId = number, FontId = font, FillId = fill, BorderId = border, FormatId = 0,
        ApplyNumberFormat = true, ApplyFont = true, ApplyFill = true, ApplyBorder = true, ApplyAlignment = true, ApplyProtection = true,
        Alignment = new Alignment { Horizontal = align, Vertical = VerticalAlignmentValues.Center, WrapText = wrap },
        Protection = new Protection { Locked = !open },
    };

    private static Font Font(double size, bool bold = false, string? colour = null)
    {
        var font = new Font();
        if (bold) font.Append(new Bold());
        font.Append(new FontSize { Val = size });
        if (colour is not null) font.Append(new Color { Rgb = colour });
        font.Append(new FontName { Val = "Arial" });
        return font;
    }

    private static Fill Solid(string colour) => new(new PatternFill(new ForegroundColor { Rgb = colour }, new BackgroundColor { Indexed = 64 }) { PatternType = PatternValues.Solid });

    private static Border Thin()
    {
        return new Border(Side(new LeftBorder()), Side(new RightBorder()), Side(new TopBorder()), Side(new BottomBorder()), new DiagonalBorder());

        static T Side<T>(T side) where T : BorderPropertiesType
        {
            side.Style = BorderStyleValues.Thin;
            side.Append(new Color { Rgb = "FFBFBFBF" });
            return side;
        }
    }
}
