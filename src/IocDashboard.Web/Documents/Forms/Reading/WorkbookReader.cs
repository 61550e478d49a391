using System.Collections.Frozen;
using System.Globalization;
using System.Xml;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms.Templates;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>
/// A filled-in template. Sheets are known by their hidden codes and not by their names, rows by their own codes, so that both may
/// be renamed and sorted. The report that it is for stands in its very hidden sheet.
/// </summary>
internal sealed class WorkbookReader(WorkbookPackage package, WorkbookParts workbook, CatalogueSnapshot catalogue, CellCollector cells)
{
    public FilledForm Read()
    {
        var about = About();
        if (about is null) return FilledForm.Unreadable(FileCodes.NotATemplate);
        if (!int.TryParse(about.GetValueOrDefault(TemplateCodes.Version), NumberStyles.None, CultureInfo.InvariantCulture, out var version) || version > FormTemplate.Version)
            return FilledForm.Unreadable(FileCodes.NewerTemplate);
        if (NumberFormats.Read(about.GetValueOrDefault(TemplateCodes.Numbers)) is not { } numbers) return FilledForm.Unreadable(FileCodes.NumberFormatMissing);

        var report = new FileReport(about.GetValueOrDefault(TemplateCodes.Form), about.GetValueOrDefault(TemplateCodes.Agency), about.GetValueOrDefault(TemplateCodes.Period));
        var then = catalogue.OfPeriod(report.Period);
        var names = new CellNames(then, then.Forms.GetValueOrDefault(report.Form ?? ""));
        var found = false;
        foreach (var sheet in workbook.Sheets)
        {
            using var xml = package.Read(sheet.Part);
            if (xml is not null) found |= new EntrySheet(sheet.Name, numbers, names, cells).Read(xml, new SheetRows(workbook));
            if (cells.IsFull) break;
        }

        return found ? cells.File(report, numbers) : FilledForm.Unreadable(FileCodes.CodesMissing);
    }

    /// <summary>What the workbook says of itself; null when it is no template. Its sheet is looked for under any name.</summary>
    private FrozenDictionary<string, string>? About()
    {
        foreach (var sheet in workbook.Sheets.Reverse())
        {
            using var xml = package.Read(sheet.Part);
            var rows = new SheetRows(workbook);
            if (xml is null || !rows.Read(xml) || rows[1]?.Text != TemplateCodes.About) continue;
            var facts = new Dictionary<string, string>(StringComparer.Ordinal);
            while (facts.Count < 20 && rows.Read(xml)) facts[rows[1]?.Text ?? ""] = rows[2]?.Text ?? "";
            return facts.ToFrozenDictionary(StringComparer.Ordinal);
        }

        return null;
    }
}
