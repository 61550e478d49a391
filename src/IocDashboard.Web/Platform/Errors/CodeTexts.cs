using System.Globalization;
using System.Resources;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Platform.Errors;

/// <summary>The words of every stable code, for machines that call and for people who type: one text, whichever way in.</summary>
public static class CodeTexts
{
    private static readonly ResourceManager Resources = new(typeof(CodeTexts));

    /// <summary>A few words that name the kind of error: the problem's <c>title</c>.</summary>
    public static string Title(int status, CultureInfo culture) =>
        Resources.GetString("status-" + status.ToString(CultureInfo.InvariantCulture), culture)
        ?? Resources.GetString("status-other", culture)!;

    public static string Detail(string code, IReadOnlyList<string> arguments, CultureInfo culture)
    {
        var text = Resources.GetString(code, culture);
        if (text is null) return code;
        // A rule's own text comes with it in both languages, last.
        if (JudgementCodes.IsOfRule(code) && arguments is [.., var vi, var en]) arguments = [.. arguments.SkipLast(2), culture.TwoLetterISOLanguageName == "en" ? en : vi];
        try
        {
            return arguments.Count == 0 ? text : string.Format(culture, text, [.. arguments.Select(a => IsAboutNumbers(code) ? Number(a, culture) : Readable(a))]);
        }
        catch (FormatException)
        {
            // A rule that gives fewer arguments than its text names must still say which rule it was.
            return text;
        }
    }

    // Only where the arguments are figures: what a caller wrote is quoted as it was written.
    private static bool IsAboutNumbers(string code) => code is JudgementCodes.OutOfRange or JudgementCodes.BadPrecision or JudgementCodes.Outlier
        || JudgementCodes.IsOfRule(code);

    private static string Number(string argument, CultureInfo culture) =>
        decimal.TryParse(argument, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(culture)
            : argument;

    // Rules give instants to the last digit; a person needs the second.
    private static string Readable(string argument) =>
        argument.Length > 20 && DateTimeOffset.TryParseExact(argument, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : argument;
}
