using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IocDashboard.Web.Documents.Forms.Templates;

/// <summary>The form as a workbook to fill in: a sheet for each block, and one that says what the workbook is.</summary>
public static class XlsxTemplate
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static byte[] Write(FormTemplate template)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = TemplateStyles.Sheet();
            var (sheets, names) = (new Sheets(), new DefinedNames());
            var blocks = FormLayout.Of(template.Form);
            for (var i = 0; i < blocks.Length; i++)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                new TemplateSheet(template, blocks[i]).Write(part);
                var name = blocks.Length == 1 ? FormText.Get("Sheet.Sole", template.Culture) : FormText.Format("Sheet.Numbered", template.Culture, i + 1);
                sheets.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)i + 1, Name = name });
                names.Append(new DefinedName(TemplateSheet.RepeatedRows(name)) { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)i });
            }

            var about = workbook.AddNewPart<WorksheetPart>();
            about.Worksheet = new Worksheet(About(template));
            sheets.Append(new Sheet
            {
                Id = workbook.GetIdOfPart(about), SheetId = (uint)blocks.Length + 1, Name = TemplateCodes.AboutSheet, State = SheetStateValues.VeryHidden,
            });
            workbook.Workbook = new Workbook(new BookViews(new WorkbookView { ActiveTab = 0 }), sheets, names);
        }

        return file.ToArray();
    }

    private static SheetData About(FormTemplate template)
    {
        (string Name, string Value)[] facts =
        [
            (TemplateCodes.About, template.Culture.TwoLetterISOLanguageName), (TemplateCodes.Version, FormTemplate.Version.ToString(CultureInfo.InvariantCulture)),
            (TemplateCodes.Form, template.Form.Code), (TemplateCodes.Agency, template.Form.Agency), (TemplateCodes.Period, template.Period.ToString()),
            (TemplateCodes.Numbers, template.Numbers.Name()),
        ];
        return new(facts.Select((fact, i) => new Row(Text("A", i, fact.Name), Text("B", i, fact.Value)) { RowIndex = (uint)i + 1 }));

        static Cell Text(string column, int row, string text) => new(new InlineString(new Text(text)))
        {
            CellReference = column + (row + 1).ToString(CultureInfo.InvariantCulture), DataType = CellValues.InlineString,
        };
    }
}
