using System.Globalization;
using CsvHelper;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms.Templates;

/// <summary>
/// The form as rows: UTF-8 with its mark, one cell a line. The name of the value's column declares how numbers are written
/// (<see cref="ValueColumn"/>), so that the file cannot lose it.
/// </summary>
public static class CsvTemplate
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static string ValueColumn(NumberFormat numbers) => "value_" + numbers.Name();

    /// <summary>What Excel expects where the comma is the decimal mark.</summary>
    public static char Separator(NumberFormat numbers) => numbers == NumberFormat.Vietnamese ? ';' : ',';

    public static byte[] Write(FormTemplate template)
    {
        using var file = new MemoryStream();
        var options = CsvWriterOptions.Default with
        {
            Separator = Separator(template.Numbers), WriteByteOrderMark = true,
        };
        using (var csv = CsvWriter.Create(file, options, leaveOpen: true))
        {
            csv.WriteRecord(["form", "agency", "period", "indicator", "indicator_name", "area", "area_name", ValueColumn(template.Numbers), "status", "note"]);
            foreach (var cell in FormLayout.Of(template.Form).SelectMany(b => b.Cells)) csv.WriteRecord(Fields(template, cell));
        }

        return file.ToArray();
    }

    private static string?[] Fields(FormTemplate template, CellKey cell)
    {
        var now = template.Now(cell);
        var indicator = template.Catalogue.Indicators[cell.Indicator];
        return
        [
            template.Form.Code, template.Form.Agency, template.Period.ToString(),
            cell.Indicator, Harmless(indicator.Name.In(template.Culture)), cell.Area, Harmless(template.AreaName(cell.Area)),
            now.Value is { } value ? Number(value, template.Numbers, indicator.Decimals) : Harmless(now.Text),
            now.Status is { } status ? StatusWords.Of(status, template.Culture) : null, Harmless(now.Note),
        ];
    }

    /// <summary>Ungrouped, and with a closing zero where three decimals would read as thousands.</summary>
    private static string Number(decimal value, NumberFormat numbers, int decimals)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        if (numbers == NumberFormat.Vietnamese) text = text.Replace('.', ',');
        return NumberReading.Read(text, numbers, decimals).Value is null ? text + "0" : text;
    }

    private static string? Harmless(string? text) => text is null ? null : SpreadsheetCell.Harmless(text);
}
