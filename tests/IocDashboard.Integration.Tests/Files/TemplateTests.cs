using System.Net;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Documents.Forms.Templates;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Integration.Tests.Files;

[Collection(FilesCentre.Name)]
public sealed class TemplateTests(Centre centre)
{
    [Fact]
    public async Task Workbook_OfEveryForm_IsValidInBothLanguages()
    {
        await centre.Host.OpenAsync();
        var failures = new List<string>();
        foreach (var form in centre.Catalogue.FormList)
        {
            var desk = new Desk(centre, form, ReportingPeriod.Containing(form.Rhythm, new DateOnly(2026, 11, 22)));
            foreach (var culture in new[] { Desk.Vietnamese, Desk.English })
            {
                using var book = Workbook.Of(await desk.TemplateAsync(culture));
                failures.AddRange(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(book.Document).Select(e => $"{form.Code}: {e.Path?.XPath} {e.Description}"));
            }
        }

        failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Workbook_FilledIn_IsReadCellByCellAndJudged()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        foreach (var key in desk.Keys) book.Number(key, desk.Plausible(key));

        var file = desk.Read(book.Save());

        file.Faults.ShouldBeEmpty();
        file.Notices.ShouldBeEmpty();
        (file.Report.Form, file.Report.Agency, file.Report.Period).ShouldBe((desk.Form.Code, desk.Form.Agency, desk.Period.ToString()));
        file.Cells.Select(c => new CellKey(c.Indicator!, c.Area!)).ShouldBe(desk.Keys, ignoreOrder: true);
        file.Cells.ShouldAllBe(c => c.Value == desk.Plausible(new CellKey(c.Indicator!, c.Area!)));
        var preview = await desk.PreviewAsync(file);
        preview.Faults.ShouldBeEmpty();
        preview.Rows.ShouldAllBe(r => r.Verdict == CellVerdict.New);
        preview.ToWrite.ShouldBe(desk.Keys.Length);
    }

    [Fact]
    public async Task Workbook_LocksAllButItsEntries_AndHidesItsCodes()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        var styles = book.Document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();

        foreach (var key in desk.Keys)
        {
            foreach (var kind in new[] { "value", "status", "note" }) IsLocked(book[key, kind]).ShouldBeFalse(kind);
            IsLocked(book[key, "previous"]).ShouldBeTrue();
        }

        foreach (var (sheet, part) in book.Sheets)
        {
            if (sheet.Name == "_ioc")
            {
                sheet.State!.Value.ShouldBe(SheetStateValues.VeryHidden);
                continue;
            }

            sheet.Name!.Value.ShouldStartWith("Nhập");
            part.Worksheet!.GetFirstChild<SheetProtection>()!.Sheet!.Value.ShouldBeTrue();
            part.Worksheet.GetFirstChild<SheetProtection>()!.HashValue.ShouldBeNull();
            part.Worksheet.Descendants<Column>().First().Hidden!.Value.ShouldBeTrue();
            part.Worksheet.Descendants<Row>().First(r => r.Elements<Cell>().Any(c => Workbook.TextOf(c) == "#ioc")).Hidden!.Value.ShouldBeTrue();
            part.Worksheet.Descendants<Pane>().Single().State!.Value.ShouldBe(PaneStateValues.Frozen);
            var page = part.Worksheet.GetFirstChild<PageSetup>()!;
            (page.Orientation!.Value, page.PaperSize!.Value).ShouldBe((OrientationValues.Landscape, 9u));
            var kinds = part.Worksheet.Descendants<DataValidation>().Select(v => v.Type!.Value).ToHashSet();
            kinds.ShouldBe([DataValidationValues.Decimal, DataValidationValues.List], ignoreOrder: true);
            part.Worksheet.Descendants<DataValidation>().First(v => v.Type!.Value == DataValidationValues.List).Formula1!.Text
                .ShouldBe("\"ước tính,sơ bộ,chính thức,không có số liệu\"");
        }

        bool IsLocked(Cell cell) => styles[(int)cell.StyleIndex!.Value].Protection?.Locked?.Value ?? true;
    }

    [Fact]
    public async Task Template_CarriesWhatWasTyped_AndComesBackTheSame()
    {
        var desk = await Desk.NextAsync(centre);
        using (var book = Workbook.Of(await desk.TemplateAsync()))
        {
            foreach (var key in desk.Keys) book.Number(key, desk.Plausible(key));
            book.Text(desk.Keys[0], "=HYPERLINK(\"x\")", "note").Text(desk.Keys[1], "chính thức", "status");
            (await desk.CommitAsync(await desk.PreviewAsync(book.Save()))).Errors.ShouldBeEmpty();
        }

        foreach (var culture in new[] { Desk.Vietnamese, Desk.English })
        {
            foreach (var numbers in Enum.GetValues<NumberFormat>())
            {
                var template = await desk.TemplateAsync(culture, numbers);
                foreach (var file in new[] { XlsxTemplate.Write(template), CsvTemplate.Write(template) })
                {
                    var preview = await desk.PreviewAsync(file);
                    preview.Faults.ShouldBeEmpty();
                    preview.Rows.Where(r => r.Verdict != CellVerdict.Same).ShouldBeEmpty($"{culture} {numbers}");
                    preview.Rows.Length.ShouldBe(desk.Keys.Length);
                }
            }
        }
    }

    [Fact]
    public async Task Csv_IsMarkedUtf8_AndDeclaresItsNumbers()
    {
        var desk = await Desk.NextAsync(centre);

        var file = CsvTemplate.Write(await desk.TemplateAsync());

        file.AsSpan(0, 3).ToArray().ShouldBe(Encoding.UTF8.Preamble.ToArray());
        var lines = Encoding.UTF8.GetString(file.AsSpan(3)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("form;agency;period;indicator;indicator_name;area;area_name;value_vi;status;note");
        lines.Length.ShouldBe(desk.Keys.Length + 1);
        Encoding.UTF8.GetString(CsvTemplate.Write(await desk.TemplateAsync(Desk.English))).ShouldContain("area,area_name,value_intl,status,note");
    }

    [Fact]
    public async Task Download_IsForTheAgencysOwnPeople_InTheirLanguage()
    {
        var desk = await Desk.NextAsync(centre);
        var path = $"/portal/forms/{desk.Form.Code}/{desk.Period}/template.";
        using var reporter = await Visitor.OfAsync(centre.Host, Roles.AgencyReporter, desk.Form.Agency, "files-own");
        using var stranger = await Visitor.OfAsync(centre.Host, Roles.AgencyReporter, "IOC", "files-stranger");
        using var leader = await Visitor.OfAsync(centre.Host, Roles.Leader, desk.Form.Agency, "files-leader");

        foreach (var ending in new[] { "xlsx", "csv" })
        {
            using var own = await reporter.Client.GetAsync(path + ending);
            own.StatusCode.ShouldBe(HttpStatusCode.OK);
            own.Content.Headers.ContentDisposition!.FileName.ShouldBe($"{desk.Form.Code}_{desk.Period}.{ending}");
            own.Headers.CacheControl!.NoStore.ShouldBeTrue();
            desk.Read(await own.Content.ReadAsByteArrayAsync()).Report.Form.ShouldBe(desk.Form.Code);
            using var other = await stranger.Client.GetAsync(path + ending);
            other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            using var unfit = await leader.Client.GetAsync(path + ending);
            unfit.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        }

        using var unknown = await reporter.Client.GetAsync($"/portal/forms/{desk.Form.Code}/1999-13/template.xlsx");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
