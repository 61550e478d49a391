using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sheets;

namespace IocDashboard.Web.Documents.Forms;

/// <summary>What a file to fill in is made from: one report with what its agency has put into it so far, for one reader.</summary>
/// <param name="Numbers">How numbers in it are written where they are text; the file says so of itself.</param>
public sealed record FormTemplate(CatalogueSnapshot Catalogue, SeenSheet Seen, NumberFormat Numbers, CultureInfo Culture)
{
    /// <summary>Raised when a file of an earlier layout can no longer be read.</summary>
    public const int Version = 1;

    public Form Form => Seen.Form;

    public ReportingPeriod Period => Seen.Report.Period;

    public string Title => FormText.Format("Title", Culture, Form.Code, Catalogue.Agencies[Form.Agency].Name.In(Culture));

    /// <summary>Without its ending: <c>SYT-W_2026-W47</c>.</summary>
    public string FileName => $"{Form.Code}_{Period}";

    public string AreaName(string code) => Catalogue.Areas.TryGetValue(code, out var area) ? area.Name.In(Culture) : code;

    /// <summary>What the cell says now: as somebody typed it, else as it stands.</summary>
    public CellNow Now(CellKey cell) => CellNow.Of(Seen, cell);

    public decimal? Previous(CellKey cell) => Seen.Past.GetValueOrDefault(cell).Previous;

    /// <summary>Numbers are grouped and marked as the reader's language has it, until a file declares otherwise.</summary>
    public static NumberFormat NumbersOf(CultureInfo culture) => culture.TwoLetterISOLanguageName == "en" ? NumberFormat.International : NumberFormat.Vietnamese;
}

/// <summary>The names by which a file declares how its numbers are written.</summary>
internal static class NumberFormats
{
    public static string Name(this NumberFormat format) => format == NumberFormat.Vietnamese ? "vi" : "intl";

    public static NumberFormat? Read(string? name) => name switch
    {
        "vi" => NumberFormat.Vietnamese,
        "intl" => NumberFormat.International,
        _ => null,
    };
}
