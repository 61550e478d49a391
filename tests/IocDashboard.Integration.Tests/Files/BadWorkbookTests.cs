using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Spreadsheet;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Documents.Forms.Reading;

namespace IocDashboard.Integration.Tests.Files;

/// <summary>Every way in which a workbook comes back other than it was sent out, each with its answer.</summary>
[Collection(FilesCentre.Name)]
public sealed class BadWorkbookTests(Centre centre)
{
    private bool HasDecimals(Form form) => form.Indicators.Any(i => centre.Catalogue.Indicators[i.Code].Decimals > 0);

    [Fact]
    public async Task File_OfAnotherKind_IsRefusedForWhatItIs()
    {
        var desk = await Desk.NextAsync(centre);
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];

        Code(compound).ShouldBe(FileCodes.OldFormat);
        Code([.. compound, .. Encoding.Unicode.GetBytes("EncryptedPackage")]).ShouldBe(FileCodes.Encrypted);
        Code("PK\u0003\u0004 and nothing more"u8.ToArray()).ShouldBe(FileCodes.Damaged);
        Code(Zip(("word/document.xml", "<w/>"))).ShouldBe(FileCodes.UnknownFormat);
        Code([1, 2, 3, 4]).ShouldBe(FileCodes.UnknownFormat);
        Code([]).ShouldBe(FileCodes.UnknownFormat);
        Code(new byte[FormFileReader.MostBytes + 1]).ShouldBe(FileCodes.TooLarge);

        string Code(byte[] file) => desk.Read(file).Faults.Single().Code;
    }

    [Fact]
    public async Task Workbook_ThatIsNoTemplate_IsRefused()
    {
        var desk = await Desk.NextAsync(centre);
        var book = Zip(
            ("_rels/.rels", Relations(("rId1", "officeDocument", "xl/workbook.xml"))), ("xl/_rels/workbook.xml.rels", Relations(("rId1", "worksheet", "worksheets/sheet1.xml"))),
            ("xl/workbook.xml", """<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
            ("xl/worksheets/sheet1.xml", """<worksheet><sheetData><row r="1"><c r="A1"><v>4</v></c></row></sheetData></worksheet>"""));

        desk.Read(book).Faults.Single().Code.ShouldBe(FileCodes.NotATemplate);
    }

    [Fact]
    public async Task Workbook_WithMacros_IsRefused()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        book.Document.WorkbookPart!.AddNewPart<DocumentFormat.OpenXml.Packaging.VbaProjectPart>().FeedData(new MemoryStream([1, 2, 3]));

        desk.Read(book.Save()).Faults.Single().Code.ShouldBe(FileCodes.Macros);
    }

    [Fact]
    public async Task Package_ThatUnpacksToTooMuch_IsNotUnpacked()
    {
        var desk = await Desk.NextAsync(centre);
        var bomb = Zip(("_rels/.rels", Relations(("rId1", "officeDocument", "xl/workbook.xml"))), ("xl/workbook.xml", new string(' ', 300 * 1024 * 1024)));
        var many = Zip([.. Enumerable.Range(0, 2_000).Select(i => ($"part{i}.xml", "<a/>"))]);
        bomb.Length.ShouldBeLessThan(FormFileReader.MostBytes);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        desk.Read(bomb).Faults.Single().Code.ShouldBe(FileCodes.TooLargeUnpacked);
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(20 * 1024 * 1024);
        desk.Read(many).Faults.Single().Code.ShouldBe(FileCodes.TooLargeUnpacked);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData></worksheet>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\"><!ENTITY y \"&x;&x;&x;&x;\">]><worksheet>&y;</worksheet>")]
    [InlineData("<worksheet><sheetData>")]
    public async Task Sheet_WithEntitiesOrBrokenXml_IsDamaged(string sheet)
    {
        var desk = await Desk.NextAsync(centre);
        var book = Zip(
            ("_rels/.rels", Relations(("rId1", "officeDocument", "xl/workbook.xml"))), ("xl/_rels/workbook.xml.rels", Relations(("rId1", "worksheet", "worksheets/sheet1.xml"))),
            ("xl/workbook.xml", """<workbook xmlns:r="r"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"""), ("xl/worksheets/sheet1.xml", sheet));

        desk.Read(book).Faults.Single().Code.ShouldBe(FileCodes.Damaged);
    }

    [Fact]
    public async Task Template_OfAnotherReport_IsNamed()
    {
        var (desk, other) = (await Desk.NextAsync(centre), await Desk.NextAsync(centre));
        var late = new Desk(centre, desk.Form, desk.Period.Previous);
        using var foreign = Workbook.Of(await other.TemplateAsync());
        using var earlier = Workbook.Of(await late.TemplateAsync());
        foreign.Number(other.Keys[0], 1);
        earlier.Number(desk.Keys[0], 1);

        (await desk.PreviewAsync(foreign.Save())).Faults.Single().Code.ShouldBe(FileCodes.OtherForm);
        var preview = await desk.PreviewAsync(earlier.Save());
        preview.Faults.Single().Code.ShouldBe(FileCodes.OtherPeriod);
        (await desk.CommitAsync(preview)).Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task Cells_ThatAreNoPlainNumbers_AreRefusedByName()
    {
        var desk = await Desk.NextAsync(centre, f => Desk.HasGrid(f) && f.Indicators.Sum(i => i.Areas.Length) > 12);
        using var book = Workbook.Of(await desk.TemplateAsync());
        var styles = book.Document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!;
        var (date, percent, custom) = (Style(14), Style(10), Style(AddFormat("dd\\.mm\\.yyyy")));
        var keys = desk.Keys;
        book.Raw(keys[0], "45987", style: date).Raw(keys[1], "0.602", style: percent).Raw(keys[2], "45987", style: custom)
            .Raw(keys[3], "#REF!", CellValues.Error).Raw(keys[4], "1", CellValues.Boolean).Formula(keys[5], "1/0", "#DIV/0!", CellValues.Error)
            .Formula(keys[6], "A1", "x", CellValues.String).Formula(keys[7], "2+2", null).Text(keys[8], "abc").Raw(keys[9], "1E+40")
            .Formula(keys[10], "2+2", desk.Plausible(keys[10]).ToString(System.Globalization.CultureInfo.InvariantCulture));

        var preview = await desk.PreviewAsync(book.Save());

        string[] expected =
        [
            FileCodes.DateCell, FileCodes.PercentCell, FileCodes.DateCell, FileCodes.ErrorCell, JudgementCodes.UnreadableNumber, FileCodes.ErrorCell,
            FileCodes.FormulaCell, FileCodes.FormulaCell, JudgementCodes.UnreadableNumber, FileCodes.TooManyDigits,
        ];
        for (var i = 0; i < expected.Length; i++)
        {
            var row = preview.Rows.Single(r => r.Key == keys[i]);
            (row.Verdict, row.Reasons[0].Code).ShouldBe((CellVerdict.Refused, expected[i]), keys[i].ToString());
            row.Place.ShouldContain("!");
        }

        var computed = preview.Rows.Single(r => r.Key == keys[10]);
        (computed.Verdict, computed.Cell.Value).ShouldBe((CellVerdict.New, desk.Plausible(keys[10])));
        preview.Notices.Single().Code.ShouldBe(FileCodes.FormulaValue);
        preview.ToWrite.ShouldBe(1);

        uint Style(uint format)
        {
            styles.CellFormats!.Append(new CellFormat { NumberFormatId = format, FontId = 0, FillId = 0, BorderId = 0, ApplyNumberFormat = true });
            return (uint)styles.CellFormats.ChildElements.Count - 1;
        }

        uint AddFormat(string code)
        {
            styles.NumberingFormats!.Append(new NumberingFormat { NumberFormatId = 400, FormatCode = code });
            return 400;
        }
    }

    [Theory]
    [InlineData("12,5", NumberFormat.Vietnamese, 1, "12.5", null)]
    [InlineData("1.234.567,8", NumberFormat.Vietnamese, 1, "1234567.8", null)]
    [InlineData("1 234 567,8", NumberFormat.Vietnamese, 1, "1234567.8", null)]
    [InlineData("1.234", NumberFormat.Vietnamese, 0, "1234", null)]
    [InlineData("1.234", NumberFormat.Vietnamese, 3, null, JudgementCodes.AmbiguousNumber)]
    [InlineData("182.4", NumberFormat.Vietnamese, 1, null, JudgementCodes.AmbiguousNumber)]
    [InlineData("0,435", NumberFormat.International, 3, null, JudgementCodes.AmbiguousNumber)]
    [InlineData("0,435", NumberFormat.Vietnamese, 3, "0.435", null)]
    [InlineData("mười", NumberFormat.Vietnamese, 3, null, JudgementCodes.UnreadableNumber)]
    public void Text_IsReadInTheDeclaredFormat_AndNeverGuessed(string text, NumberFormat numbers, int decimals, string? value, string? code)
    {
        var (read, fault) = NumberReading.Read(text, numbers, decimals);

        (read, fault).ShouldBe((value is null ? null : decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), code));
    }

    [Fact]
    public async Task Text_ThatReadsTwoWays_IsRefusedAtItsCell()
    {
        var desk = await Desk.NextAsync(centre, HasDecimals);
        using var book = Workbook.Of(await desk.TemplateAsync());
        var key = desk.Keys.First(desk.HasDecimals);
        var address = book[key].CellReference!.Value;
        book.Text(key, "182.4");

        var row = (await desk.PreviewAsync(book.Save())).Rows.Single();

        (row.Verdict, row.Reasons.Single().Code).ShouldBe((CellVerdict.Refused, JudgementCodes.AmbiguousNumber));
        row.Place.ShouldEndWith("!" + address);
    }

    [Fact]
    public async Task Binary_RemainderOfANumber_IsNotADecimal()
    {
        var desk = await Desk.NextAsync(centre, HasDecimals);
        using var book = Workbook.Of(await desk.TemplateAsync());
        var key = desk.Keys.First(desk.HasDecimals);
        book.Raw(key, "0.30000000000000004");

        desk.Read(book.Save()).Cells.Single().Value.ShouldBe(0.3m);
    }

    [Fact]
    public async Task Cells_Merged_AreRefused()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        var column = desk.Keys.GroupBy(k => k.Indicator).First(g => g.Count() > 2).ToArray();
        book.Number(column[0], desk.Plausible(column[0])).Number(column[2], desk.Plausible(column[2])).Merge(column[0], column[1]);

        var preview = await desk.PreviewAsync(book.Save());

        preview.Rows.Single(r => r.Key == column[0]).Reasons.Single().Code.ShouldBe(FileCodes.MergedCell);
        preview.Rows.Single(r => r.Key == column[2]).Verdict.ShouldBe(CellVerdict.New);
    }

    [Fact]
    public async Task Sheets_RenamedSortedAndHidden_AreFoundByTheirCodes()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        var column = desk.Keys.GroupBy(k => k.Indicator).First(g => g.Count() > 2).ToArray();
        book.Number(column[0], desk.Plausible(column[0])).Number(column[1], desk.Plausible(column[1], 1));
        foreach (var (sheet, _) in book.Sheets) sheet.Name = "Trang " + sheet.SheetId;
        var row = (Row)book[column[1]].Parent!;
        row.Hidden = true;

        var preview = await desk.PreviewAsync(book.Save());

        preview.Rows.ShouldAllBe(r => r.Verdict == CellVerdict.New);
        preview.Rows.Single(r => r.Key == column[1]).Cell.Value.ShouldBe(desk.Plausible(column[1], 1));
        preview.Notices.Single().Code.ShouldBe(FileCodes.HiddenRows);
    }

    [Fact]
    public async Task Row_WhoseCodeWasDeleted_IsKnownByItsName_Decomposed()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        var column = desk.Keys.GroupBy(k => k.Indicator).First(g => g.Count() > 2).ToArray();
        book.Number(column[0], desk.Plausible(column[0])).Number(column[1], desk.Plausible(column[1]));
        var (known, unknown) = ((Row)book[column[0]].Parent!, (Row)book[column[1]].Parent!);
        Rewrite(known, 0, "");
        Rewrite(known, 1, Workbook.TextOf(known.Elements<Cell>().ElementAt(1)).Normalize(NormalizationForm.FormD).ToUpperInvariant());
        Rewrite(unknown, 0, "");
        Rewrite(unknown, 1, "Nơi nào đó");

        var preview = await desk.PreviewAsync(book.Save());

        preview.Rows.Single().Key.ShouldBe(column[0]);
        preview.Notices.ShouldContain(n => n.Code == FileCodes.NamesMatched);
        preview.Faults.Single().Code.ShouldBe(FileCodes.UnknownName);
        preview.ToWrite.ShouldBe(0);

        static void Rewrite(Row row, int cell, string text)
        {
            var at = row.Elements<Cell>().ElementAt(cell);
            at.RemoveAllChildren();
            at.DataType = CellValues.InlineString;
            at.Append(new InlineString(new Text(text)));
        }
    }

    [Fact]
    public async Task Row_OfCodes_Deleted_LeavesNothingToGuessBy()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        book.Number(desk.Keys[0], 1);
        foreach (var (_, part) in book.Sheets)
            part.Worksheet!.Descendants<Row>().FirstOrDefault(r => r.Elements<Cell>().Any(c => Workbook.TextOf(c) == "#ioc"))?.Remove();

        desk.Read(book.Save()).Faults.Single().Code.ShouldBe(FileCodes.CodesMissing);
    }

    [Fact]
    public async Task Row_Doubled_IsRefusedTwice()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        var key = desk.Keys.GroupBy(k => k.Indicator).First(g => g.Count() > 2).First();
        book.Number(key, desk.Plausible(key));
        var row = (Row)book[key].Parent!;
        var twin = (Row)row.CloneNode(true);
        twin.RowIndex = 900;
        foreach (var cell in twin.Elements<Cell>()) cell.CellReference = Workbook.Letters(cell) + "900";
        row.Parent!.Append(twin);

        var preview = await desk.PreviewAsync(book.Save());

        preview.Rows.Length.ShouldBe(2);
        preview.Rows.ShouldAllBe(r => r.Verdict == CellVerdict.Refused && r.Reasons[0].Code == JudgementCodes.DuplicateValue);
    }

    [Fact]
    public async Task Cells_OutsideTheForm_AreRefusedByTheJudge()
    {
        var desk = await Desk.NextAsync(centre);
        var key = desk.Keys[0];
        var lines = $"""
            form;agency;period;indicator;indicator_name;area;area_name;value_vi;status;note
            {desk.Form.Code};{desk.Form.Agency};{desk.Period};XX99;;QNM;;1;;
            {desk.Form.Code};{desk.Form.Agency};{desk.Period};{key.Indicator};;NOWHERE;;1;;
            """;

        var preview = await desk.PreviewAsync(Encoding.UTF8.GetBytes(lines));

        preview.Rows.Select(r => (r.Reasons[0].Pointer, r.Reasons[0].Code)).ShouldBe(
            [("/lines/2/indicator", JudgementCodes.UnknownIndicator), ("/lines/3/area", JudgementCodes.UnknownArea)]);
    }

    [Fact]
    public async Task Rows_PastTheLast_AreTooMany()
    {
        var desk = await Desk.NextAsync(centre);
        var line = $"{desk.Form.Code};{desk.Form.Agency};{desk.Period};{desk.Keys[0].Indicator};;{desk.Keys[0].Area};;1;;\r\n";
        var text = new StringBuilder("form;agency;period;indicator;indicator_name;area;area_name;value_vi;status;note\r\n");
        for (var i = 0; i <= 50_000; i++) text.Append(line);

        desk.Read(Encoding.UTF8.GetBytes(text.ToString())).Faults.Single().Code.ShouldBe(FileCodes.TooManyRows);
    }

    private static byte[] Zip(params ReadOnlySpan<(string Name, string Content)> parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in parts)
            {
                using var part = new StreamWriter(archive.CreateEntry(name).Open());
                part.Write(content);
            }
        }

        return file.ToArray();
    }

    private static string Relations(params ReadOnlySpan<(string Id, string Type, string Target)> relations)
    {
        var text = new StringBuilder("<Relationships>");
        foreach (var (id, type, target) in relations) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<Relationship Id=\"{id}\" Type=\"http://x/{type}\" Target=\"{target}\"/>");
        return text.Append("</Relationships>").ToString();
    }
}
