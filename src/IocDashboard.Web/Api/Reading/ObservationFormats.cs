using System.Globalization;
using System.Text;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Api.Reading;

/// <summary>Observations as tables: our own columns, and SDMX-CSV 2.0.0 with the code lists of the SDMX standard.</summary>
internal static class ObservationFormats
{
    public const string CsvType = "text/csv", SdmxType = "application/vnd.sdmx.data+csv", SdmxVersion = "2.0.0";
    public const string CsvContentType = CsvType + "; charset=utf-8; header=present";
    public const string SdmxContentType = SdmxType + ";version=" + SdmxVersion + "; charset=utf-8";

    private const string Dataflow = "IOC:OBSERVATIONS(1.0)";

    public static byte[] Csv(IReadOnlyList<ObservationItem> items)
    {
        var text = new StringBuilder("indicator,area,agency,period,at,value,status,verification,revision,recordedAt,seq,updatedAt,note\r\n");
        foreach (var o in items)
        {
            Line(text, o.Indicator, o.Area, o.Agency, o.Period, Text(o.At), Text(o.Value), Camel(o.Status), Camel(o.Verification),
                Text(o.Revision), Text(o.RecordedAt), Text(o.Seq), Text(o.UpdatedAt), o.Note);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public static byte[] Sdmx(IReadOnlyList<ObservationItem> items, CatalogueSnapshot catalogue)
    {
        var text = new StringBuilder(
            "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,DECIMALS,AGENCY,VERIFICATION,REVISION,RECORDED_AT,SEQ,UPDATED_AT,COMMENT_OBS\r\n");
        foreach (var o in items)
        {
            var indicator = catalogue.Indicators[o.Indicator];
            Line(text, "dataflow", Dataflow, "I", Frequency(indicator.Rhythm), o.Indicator, o.Area, o.Period ?? Text(o.At), Text(o.Value), Status(o.Status),
                indicator.Unit.En, Text(indicator.Decimals), o.Agency, Camel(o.Verification), Text(o.Revision), Text(o.RecordedAt), Text(o.Seq),
                Text(o.UpdatedAt), o.Note);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>SDMX code list CL_FREQ; a stream without a fixed beat is "at irregular intervals".</summary>
    private static string Frequency(Rhythm rhythm) => rhythm switch
    {
        Rhythm.Realtime => "_O",
        Rhythm.Yearly => "A",
        _ => rhythm.Code(),
    };

    /// <summary>SDMX code list CL_OBS_STATUS.</summary>
    private static string Status(ObservationStatus status) => status switch
    {
        ObservationStatus.Estimated => "E",
        ObservationStatus.Provisional => "P",
        ObservationStatus.Final => "A",
        _ => "O",
    };

    private static void Line(StringBuilder text, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) text.Append(',');
            var cell = SpreadsheetCell.Harmless(cells[i] ?? "");
            if (cell.AsSpan().IndexOfAny(",\"\r\n") < 0) text.Append(cell);
            else text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        text.Append("\r\n");
    }

    private static string? Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string? Text(decimal? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Camel<T>(T word) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(word.ToString());
}
