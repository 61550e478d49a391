using System.Text;
using System.Text.Unicode;
using CsvHelper;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms.Templates;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>
/// Files of rows: the form's own template, whose column of values declares how numbers are written, and SDMX-CSV 2.0. UTF-8, or
/// UTF-16 with its mark; any other encoding is refused, because its letters would be guessed.
/// </summary>
public static class RowsReader
{
    private static readonly string[] TemplateColumns = ["form", "agency", "period", "indicator", "area", "status", "note"];
    private static readonly string[] SdmxColumns = ["STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"];

    /// <summary>For an entrance that has bytes alone.</summary>
    public static FilledForm Read(byte[] file, CatalogueSnapshot catalogue, CancellationToken cancellation) =>
        Read(file, catalogue, new CellCollector(progress: null, cancellation));

    internal static FilledForm Read(byte[] file, CatalogueSnapshot catalogue, CellCollector cells)
    {
        if (!TryUtf8(file, out var text)) return FilledForm.Unreadable(FileCodes.NotUtf8);
        var heading = text.Span;
        // Written by Excel, and by nobody else.
        if (heading.StartsWith("sep="u8) && heading.IndexOf((byte)'\n') is var first and >= 0) heading = heading[(first + 1)..];
        if (heading.IndexOfAny((byte)'\r', (byte)'\n') is var end and >= 0) heading = heading[..end];
        if (heading.Contains((byte)0) || heading.IndexOfAny((byte)',', (byte)';', (byte)'\t') is not (var at and >= 0)) return FilledForm.Unreadable(FileCodes.UnknownFormat);
        var options = CsvReaderOptions.Default with
        {
            Separator = (char)heading[at], TrackLineNumbers = true, DetectSeparatorHint = true, MalformedData = CsvMalformedDataHandling.Throw, PoolStrings = true,
        };
        try
        {
            using var csv = CsvReader.Create(text, options);
            string[] columns = [.. csv.Headers.Select(h => h.Trim().Normalize(NormalizationForm.FormC))];
            if (columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1) is { } twice)
                return FilledForm.Unreadable(FileCodes.DuplicateColumn, twice.Key);
            if (columns.Contains("STRUCTURE", StringComparer.Ordinal)) return ReadSdmx(csv, columns, catalogue, cells);
            return columns.Contains("indicator", StringComparer.Ordinal) ? ReadTemplate(csv, columns, catalogue, cells) : FilledForm.Unreadable(FileCodes.NotATemplate);
        }
        catch (CsvFormatException malformed)
        {
            // An unclosed quote swallows what follows, so nothing after it can be trusted.
            return FilledForm.Unreadable(FileCodes.BadQuotes, malformed.LineNumber.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static FilledForm ReadTemplate(CsvReader csv, string[] columns, CatalogueSnapshot catalogue, CellCollector cells)
    {
        if (TemplateColumns.Except(columns, StringComparer.Ordinal).FirstOrDefault() is { } missing) return FilledForm.Unreadable(FileCodes.MissingColumn, missing);
        NumberFormat[] declared = [.. Enum.GetValues<NumberFormat>().Where(f => columns.Contains(CsvTemplate.ValueColumn(f), StringComparer.Ordinal))];
        if (declared is not [var numbers]) return FilledForm.Unreadable(FileCodes.NumberFormatMissing);

        var value = CsvTemplate.ValueColumn(numbers);
        var places = new FileColumns(null, "indicator", "area", value, "status", "note");
        var rows = new Rows(csv, columns, places, cells);
        var report = new ReportOfRows(places, "form", "agency", "period");
        CellNames? names = null;
        while (rows.Next())
        {
            report.Take(rows, rows["form"], rows["agency"], rows["period"], cells);
            var then = catalogue.OfPeriod(rows["period"]);
            names ??= new CellNames(then, then.Forms.GetValueOrDefault(rows["form"] ?? ""));
            if (!rows.TryCode("indicator", "indicator_name", names.Indicator, out var indicator) || !rows.TryCode("area", "area_name", names.Area, out var area)) continue;
            var read = ValueReading.Written(rows[value] ?? "", numbers, names.Decimals(indicator));
            cells.Add(rows.Cell(indicator, area, read, StatusWords.Read(rows["status"]), rows["note"]));
        }

        return cells.File(report.Found, numbers);
    }

    /// <summary>Which form is meant, SDMX does not say: it is the agency's for that rhythm.</summary>
    private static FilledForm ReadSdmx(CsvReader csv, string[] columns, CatalogueSnapshot catalogue, CellCollector cells)
    {
        if (SdmxColumns.Except(columns, StringComparer.Ordinal).FirstOrDefault() is { } missing) return FilledForm.Unreadable(FileCodes.MissingColumn, missing);
        var places = new FileColumns(null, "INDICATOR", "REF_AREA", "OBS_VALUE", "OBS_STATUS", "COMMENT_OBS");
        var rows = new Rows(csv, columns, places, cells);
        var report = new ReportOfRows(places, "FREQ", "AGENCY", "TIME_PERIOD");
        while (rows.Next())
        {
            if (rows["ACTION"] == "D")
            {
                cells.Fault(rows.Place("ACTION"), FileCodes.DeleteNotTaken);
                continue;
            }

            var agency = rows["AGENCY"] ?? AgencyOf(rows["INDICATOR"]);
            report.Take(rows, FormOf(agency, rows["FREQ"]), agency, rows["TIME_PERIOD"], cells);
            cells.Keep(rows.Cell(rows["INDICATOR"], rows["REF_AREA"], ValueReading.Plain(rows["OBS_VALUE"] ?? ""), Status(rows["OBS_STATUS"]), rows["COMMENT_OBS"]));
        }

        return cells.File(report.Found, numbers: null);

        string? AgencyOf(string? indicator) => indicator is not null && catalogue.Indicators.TryGetValue(indicator, out var found) ? found.Agency : null;

        string FormOf(string? agency, string? frequency) =>
            catalogue.FormList.FirstOrDefault(f => f.Agency == agency && Frequency(f.Rhythm) == frequency)?.Code ?? $"{agency}-{frequency}";
    }

    /// <summary>SDMX code list CL_FREQ.</summary>
    private static string Frequency(Rhythm rhythm) => rhythm == Rhythm.Yearly ? "A" : rhythm.Code();

    /// <summary>SDMX code list CL_OBS_STATUS; another code is left to the judge.</summary>
    private static string? Status(string? code) => code switch
    {
        "E" => "estimated",
        "P" => "provisional",
        "A" => "final",
        "O" or "M" => "missing",
        _ => code,
    };

    private static bool TryUtf8(byte[] file, out ReadOnlyMemory<byte> text)
    {
        text = file switch
        {
            [0xEF, 0xBB, 0xBF, ..] => file.AsMemory(3),
            [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, file, 2, file.Length - 2),
            [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, file, 2, file.Length - 2),
            _ => file,
        };
        return Utf8.IsValid(text.Span);
    }
}
