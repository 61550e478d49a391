using System.Globalization;
using System.Text;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms;

/// <summary>The words of a figure's status in files: of people in either language, and of the public contract.</summary>
internal static class StatusWords
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private static readonly ObservationStatus[] All = Enum.GetValues<ObservationStatus>();
    private static readonly Dictionary<string, string> Codes = Known();

    public static IEnumerable<string> In(CultureInfo culture) => All.Select(s => Of(s, culture));

    public static string Of(ObservationStatus status, CultureInfo culture) => FormText.Get("Status." + CodeOf(status), culture);

    public static string CodeOf(ObservationStatus status) => status switch
    {
        ObservationStatus.Estimated => "estimated",
        ObservationStatus.Provisional => "provisional",
        ObservationStatus.Final => "final",
        _ => "missing",
    };

    /// <summary>The contract's code for any of its words; what is none of them stays as it was written, for the judge to refuse. Null when empty.</summary>
    public static string? Read(string? word) =>
        string.IsNullOrWhiteSpace(word) ? null : Codes.GetValueOrDefault(Names.Fold(word), word.Trim());

    private static Dictionary<string, string> Known()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var status in All)
            foreach (var word in new[] { CodeOf(status), Of(status, Vietnamese), Of(status, English) })
                codes[Names.Fold(word)] = CodeOf(status);
        return codes;
    }
}

/// <summary>Names as they are compared: composed (NFC), one space, no case. Diacritics count: <c>Hội An</c> is not <c>Hoi An</c>.</summary>
internal static class Names
{
    public static string Fold(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();
}
