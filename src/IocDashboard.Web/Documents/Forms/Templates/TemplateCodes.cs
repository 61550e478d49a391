namespace IocDashboard.Web.Documents.Forms.Templates;

/// <summary>
/// The hidden codes by which a workbook is read back, whatever its sheets are called and its rows are sorted by. A row of codes
/// stands above the entries, a column of codes before them; each says <c>indicator/what</c> and <c>indicator/area</c>, of which a
/// grid's rows name only the area and a list's columns only what they hold.
/// </summary>
internal static class TemplateCodes
{
    public const string Column = "#ioc";

    public const string Value = "value", Status = "status", Note = "note", Previous = "previous", AreaName = "area-name", IndicatorName = "indicator-name";

    /// <summary>The very hidden sheet that says what the workbook is, a name and a value a row.</summary>
    public const string AboutSheet = "_ioc", About = "ioc-form-template", Version = "version", Form = "form", Agency = "agency", Period = "period", Numbers = "numbers";

    public static string Of(string? first, string second) => first + "/" + second;
}
