using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Features.Catalogue.Import;

/// <summary>Texts of the import in the language of whoever runs it, from <c>ImportTexts.resx</c> and <c>ImportTexts.en.resx</c>.</summary>
internal static class ImportTexts
{
    private static readonly ResourceManager Resources = new(typeof(ImportTexts));

    /// <summary>What events say about the files that come with the program. Kept in Vietnamese, the language that binds.</summary>
    public static string ShippedDocument => Resources.GetString(nameof(ShippedDocument), CultureInfo.InvariantCulture)!;

    /// <summary>What events say when whoever imported a folder named no decision.</summary>
    public static string UnnamedDocument(string directory) =>
        Of(nameof(UnnamedDocument), CultureInfo.InvariantCulture, Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))));

    public static string Of(string key, CultureInfo culture, params object?[] arguments) =>
        string.Format(culture, Resources.GetString(key, culture) ?? key, arguments);

    /// <summary>"agencies.csv, line 12, column kind: …"</summary>
    public static string Of(ImportFinding finding, CultureInfo culture) => Of(
        finding.Column is null ? "FindingInLine" : "FindingInCell", culture, finding.File, finding.Line, finding.Column,
        Of(finding.Code, culture, finding.Argument));
}
