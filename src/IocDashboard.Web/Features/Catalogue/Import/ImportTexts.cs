using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Features.Catalogue.Import;

/// <summary>Texts of the import in the language of whoever runs it, from <c>ImportTexts.resx</c> and <c>ImportTexts.en.resx</c>.</summary>
internal static class ImportTexts
{
    private static readonly ResourceManager Resources = new(typeof(ImportTexts));

    /// <summary>What events say about the files that come with the program. Kept in Vietnamese, the language that binds.</summary>
    public static string ShippedDocument => Resources.GetString(nameof(ShippedDocument), CultureInfo.InvariantCulture)!;

    public static string Of(string key, params object?[] arguments) =>
        string.Format(CultureInfo.CurrentCulture, Resources.GetString(key, CultureInfo.CurrentUICulture) ?? key, arguments);

    /// <summary>"agencies.csv, line 12, column kind: …"</summary>
    public static string Of(ImportFinding finding) =>
        Of(finding.Column is null ? "FindingInLine" : "FindingInCell", finding.File, finding.Line, finding.Column, Of(finding.Code, finding.Argument));
}
