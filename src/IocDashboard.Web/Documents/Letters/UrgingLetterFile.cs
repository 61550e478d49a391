using System.Collections.Immutable;
using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IocDashboard.Web.Documents.Letters;

/// <summary>What an official letter says. Its body is paragraphs, the first of which names whom it is for.</summary>
/// <param name="Superior">The body above the issuer.</param>
/// <param name="Day">In the province.</param>
public sealed record OfficialLetter(string Superior, string Issuer, string Number, string Place, DateOnly Day, string Subject, ImmutableArray<string> Body);

/// <summary>
/// An official letter (công văn) as a DOCX, laid out by annex I of Decree 30/2020: motto, issuer, number, place and date, abstract,
/// addressee, content, signatory, recipients; A4, Times New Roman, page numbers from the second page on. It is made for signing: name,
/// signature and seal are left to whoever signs.
/// </summary>
public static class UrgingLetterFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // Half points.
    private const int Body = 28, Motto = 26, Head = 24, Small = 22;

    public static byte[] Write(OfficialLetter letter)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = file.AddMainDocumentPart();
            var header = main.AddNewPart<HeaderPart>();
            header.Header = new Header(Centred(new SimpleField(Text("2", Body)) { Instruction = "PAGE" }));
            main.Document = new Document(new DocumentFormat.OpenXml.Wordprocessing.Body(
            [
                Heads(letter), Spaced(Centred(Text(letter.Body[0], Body)), isRoomBelow: true),
                .. letter.Body.Skip(1).Select(p => Paragraph(JustificationValues.Both, indent: Twips(10), Text(p, Body))),
                Foot(), Page(main.GetIdOfPart(header)),
            ]));
            file.PackageProperties.Title = letter.Subject;
        }

        return stream.ToArray();
    }

    private static Table Heads(OfficialLetter letter) => Columns(
        [
            Centred(Text(Upper(letter.Superior), Head)), Centred(Text(Upper(letter.Issuer), Head, isBold: true, isUnderlined: true)),
            Spaced(Centred(Text($"Số: {letter.Number}", Head))), Centred(Text(letter.Subject, Head)),
        ],
        [
            Centred(Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Head, isBold: true)), Centred(Text("Độc lập - Tự do - Hạnh phúc", Motto, isBold: true, isUnderlined: true)),
            Spaced(Centred(Text(string.Create(CultureInfo.InvariantCulture, $"{letter.Place}, ngày {letter.Day.Day:00} tháng {letter.Day.Month:00} năm {letter.Day.Year}"), Motto, isItalic: true))),
        ]);

    private static Table Foot() => Columns(
        [Spaced(Left(Text("Nơi nhận:", Head, isBold: true, isItalic: true))), Left(Text("- Như trên;", Small)), Left(Text("- Lưu: VT.", Small))],
        [Spaced(Centred(Text("THỦ TRƯỞNG ĐƠN VỊ", Body, isBold: true))), Centred(Text("(Ký, ghi rõ họ tên, đóng dấu)", Head, isItalic: true))]);

    private static SectionProperties Page(string header) => new(
        new HeaderReference { Type = HeaderFooterValues.Default, Id = header },
        new PageSize { Width = (uint)Twips(210), Height = (uint)Twips(297) },
        new PageMargin { Top = Twips(20), Bottom = Twips(20), Left = (uint)Twips(30), Right = (uint)Twips(20), Header = (uint)Twips(10) },
        new TitlePage());

    /// <summary>Two columns without a frame.</summary>
    private static Table Columns(Paragraph[] left, Paragraph[] right)
    {
        var (narrow, wide) = (Twips(58), Twips(102));
        return new(
            new TableProperties(new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(new GridColumn { Width = Number(narrow) }, new GridColumn { Width = Number(wide) }),
            new TableRow(Cell(left, narrow), Cell(right, wide)));
    }

    private static TableCell Cell(Paragraph[] content, int width) =>
        new([new TableCellProperties(new TableCellWidth { Width = Number(width), Type = TableWidthUnitValues.Dxa }), .. content]);

    private static Paragraph Centred(params OpenXmlElement[] content) => Paragraph(JustificationValues.Center, indent: 0, content);

    private static Paragraph Left(params OpenXmlElement[] content) => Paragraph(JustificationValues.Left, indent: 0, content);

    private static Paragraph Paragraph(JustificationValues justification, int indent, params OpenXmlElement[] content) => new(
    [
        new ParagraphProperties(
            new SpacingBetweenLines { After = indent > 0 ? "120" : "0", Line = "276", LineRule = LineSpacingRuleValues.Auto },
            new Indentation { FirstLine = Number(indent) }, new Justification { Val = justification }),
        .. content,
    ]);

    private static Paragraph Spaced(Paragraph paragraph, bool isRoomBelow = false)
    {
        paragraph.ParagraphProperties!.SpacingBetweenLines!.Before = "240";
        if (isRoomBelow) paragraph.ParagraphProperties!.SpacingBetweenLines!.After = "240";
        return paragraph;
    }

    private static Run Text(string text, int halfPoints, bool isBold = false, bool isItalic = false, bool isUnderlined = false)
    {
        var letters = Letters(halfPoints);
        if (isUnderlined) letters.Underline = new Underline { Val = UnderlineValues.Single };
        if (isItalic) letters.Italic = new Italic();
        if (isBold) letters.Bold = new Bold();
        return new(letters, new Text(string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar))) { Space = SpaceProcessingModeValues.Preserve });
    }

    private static RunProperties Letters(int halfPoints) => new()
    {
        RunFonts = new() { Ascii = "Times New Roman", HighAnsi = "Times New Roman", ComplexScript = "Times New Roman" },
        FontSize = new() { Val = Number(halfPoints) },
        Languages = new() { Val = "vi-VN" },
    };

    private static int Twips(int millimetres) => (int)Math.Round(millimetres * 1440 / 25.4);

    private static string Upper(string text) => text.ToUpper(CultureInfo.GetCultureInfo("vi-VN"));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
