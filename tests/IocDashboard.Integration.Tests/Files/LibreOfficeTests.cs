using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using DocumentFormat.OpenXml.Spreadsheet;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Documents.Forms.Reading;

namespace IocDashboard.Integration.Tests.Files;

/// <summary>
/// Templates that went through LibreOffice Calc: shared strings, styles and sheets of its own. The committed ones were made by the
/// last test here, run with <c>IOC_WRITE_SNAPSHOTS=1</c> where <c>soffice</c> is installed; it runs wherever it is.
/// </summary>
[Collection(FilesCentre.Name)]
public sealed class LibreOfficeTests(Centre centre)
{
    private static readonly string? Calc = new[] { "/usr/bin/soffice", "/usr/local/bin/soffice", "/usr/bin/libreoffice" }.FirstOrDefault(File.Exists);

    [Fact]
    public async Task Good_MadeByLibreOffice_IsReadWhole()
    {
        var desk = await FixedAsync();

        var preview = await desk.PreviewAsync(Committed("good.xlsx"));

        ShouldBeGood(desk, preview);
    }

    [Fact]
    public async Task Bad_MadeByLibreOffice_IsRefusedCellByCell()
    {
        var desk = await FixedAsync();

        var preview = await desk.PreviewAsync(Committed("bad.xlsx"));

        ShouldBeBad(desk, preview);
    }

    [Theory]
    [InlineData("good.xls", FileCodes.OldFormat)]
    [InlineData("good.ods", FileCodes.UnknownFormat)]
    public async Task File_OfAnotherFormat_MadeByLibreOffice_IsNamed(string file, string code)
    {
        var desk = await FixedAsync();

        desk.Read(Committed(file)).Faults.Single().Code.ShouldBe(code);
    }

    [Fact]
    public async Task Template_ThroughLibreOfficeHere_ComesBackAsItWas()
    {
        Assert.SkipUnless(Calc is not null, "LibreOffice Calc is not installed; the committed workbooks stand for it.");
        var desk = await FixedAsync();
        var folder = TestPaths.NewDirectory("calc");
        File.WriteAllBytes(Path.Combine(folder, "good.xlsx"), await GoodAsync(desk));
        File.WriteAllBytes(Path.Combine(folder, "bad.xlsx"), await BadAsync(desk));
        foreach (var (source, ending) in new[] { ("good.xlsx", "xlsx"), ("bad.xlsx", "xlsx"), ("good.xlsx", "xls"), ("good.xlsx", "ods") }) await ConvertAsync(folder, source, ending);

        ShouldBeGood(desk, await desk.PreviewAsync(File.ReadAllBytes(Path.Combine(folder, "out", "good.xlsx"))));
        ShouldBeBad(desk, await desk.PreviewAsync(File.ReadAllBytes(Path.Combine(folder, "out", "bad.xlsx"))));
        if (Environment.GetEnvironmentVariable("IOC_WRITE_SNAPSHOTS") == "1")
        {
            foreach (var file in Directory.GetFiles(Path.Combine(folder, "out")))
                File.Copy(file, Path.Combine(Source(), Path.GetFileName(file)), overwrite: true);
        }

        TestPaths.Remove(folder);
    }

    /// <summary>Always the same report: the committed files are for it.</summary>
    private async Task<Desk> FixedAsync()
    {
        await centre.Host.OpenAsync();
        var form = centre.Catalogue.FormList.First(f => f.Rhythm == Domain.Catalogue.Rhythm.Quarterly && FormLayout.Of(f).Any(b => b.IsGrid && b.Areas.Length > 8));
        return new(centre, form, ReportingPeriod.Parse("2026-Q3"));
    }

    private static CellKey[] Column(Desk desk) => [.. FormLayout.Of(desk.Form).First(b => b.IsGrid && b.Areas.Length > 8).Cells.GroupBy(c => c.Indicator).First()];

    private static async Task<byte[]> GoodAsync(Desk desk)
    {
        using var book = Workbook.Of(await desk.TemplateAsync());
        foreach (var key in desk.Keys) book.Number(key, desk.Plausible(key));
        var column = Column(desk);
        book.Text(column[0], "ước tính", "status").Text(column[0], "Chờ đối chiếu", "note").Text(column[1], desk.Plausible(column[1]).ToString(CultureInfo.InvariantCulture).Replace('.', ','));
        return book.Save();
    }

    private static async Task<byte[]> BadAsync(Desk desk)
    {
        using var book = Workbook.Of(await desk.TemplateAsync());
        var styles = book.Document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!;
        styles.Append(new CellFormat { NumberFormatId = 14, FontId = 0, FillId = 0, BorderId = 0, ApplyNumberFormat = true });
        styles.Append(new CellFormat { NumberFormatId = 9, FontId = 0, FillId = 0, BorderId = 0, ApplyNumberFormat = true });
        var column = Column(desk);
        book.Raw(column[0], "45987", style: (uint)styles.ChildElements.Count - 2).Raw(column[1], "0.5", style: (uint)styles.ChildElements.Count - 1)
            .Formula(column[2], "1/0", null).Formula(column[3], "\"x\"", null).Text(column[4], "mười hai").Number(column[5], desk.Plausible(column[5])).Merge(column[5], column[6])
            .Number(column[7], desk.Plausible(column[7]));
        ((Row)book[column[7]].Parent!).Hidden = true;
        return book.Save();
    }

    private static void ShouldBeGood(Desk desk, FilePreview preview)
    {
        preview.Faults.ShouldBeEmpty();
        preview.Rows.Length.ShouldBe(desk.Keys.Length);
        preview.Rows.ShouldAllBe(r => r.Verdict == CellVerdict.New && r.Cell.Value == desk.Plausible(r.Key!.Value));
        var first = preview.Rows.Single(r => r.Key == Column(desk)[0]).Cell;
        (first.Status, first.Note).ShouldBe(("estimated", "Chờ đối chiếu"));
    }

    private static void ShouldBeBad(Desk desk, FilePreview preview)
    {
        var column = Column(desk);
        preview.Faults.ShouldBeEmpty();
        string[] codes = [FileCodes.DateCell, FileCodes.PercentCell, FileCodes.ErrorCell, FileCodes.FormulaCell, JudgementCodes.UnreadableNumber, FileCodes.MergedCell];
        for (var i = 0; i < codes.Length; i++) preview.Rows.Single(r => r.Key == column[i]).Reasons[0].Code.ShouldBe(codes[i], column[i].ToString());
        preview.Rows.Single(r => r.Key == column[7]).Verdict.ShouldBe(CellVerdict.New);
        preview.Notices.Select(n => n.Code).ShouldBe([FileCodes.HiddenRows]);
    }

    private static string Source([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "LibreOffice");

    private static byte[] Committed(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "LibreOffice", file));

    private static async Task ConvertAsync(string folder, string source, string ending)
    {
        using var calc = Process.Start(new ProcessStartInfo(Calc!)
        {
            ArgumentList = { $"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending, "--outdir", Path.Combine(folder, "out"), Path.Combine(folder, source) },
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        await calc.StandardOutput.ReadToEndAsync();
        await calc.WaitForExitAsync();
        calc.ExitCode.ShouldBe(0);
    }
}
