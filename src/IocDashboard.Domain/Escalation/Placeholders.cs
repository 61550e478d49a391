using System.Text.RegularExpressions;

namespace IocDashboard.Domain.Escalation;

/// <summary>What a step's words may name in braces: <c>{agency} {count} {reports} {due}</c>. There is no way to write a brace itself.</summary>
public static partial class Placeholders
{
    /// <summary>The agency that owes, how many reports, each of them on a line, and the earliest deadline among them.</summary>
    public const string Agency = "agency", Count = "count", Reports = "reports", Due = "due";

    public static readonly IReadOnlyList<string> All = [Agency, Count, Reports, Due];

    /// <summary>The first in the text that nothing stands for, with its braces; a brace alone is one. Null: none.</summary>
    public static string? Unknown(string text)
    {
        foreach (var found in Braced().EnumerateMatches(text))
        {
            var name = text.Substring(found.Index, found.Length);
            if (name.Length < 3 || name[0] != '{' || name[^1] != '}' || !All.Contains(name[1..^1])) return name;
        }

        return null;
    }

    public static bool Names(string text, string placeholder) => text.Contains($"{{{placeholder}}}", StringComparison.Ordinal);

    /// <param name="valueOf">What stands for one of <see cref="All"/>; braces in it stay as they are.</param>
    public static string Fill(string text, Func<string, string> valueOf) => Braced().Replace(text, found => found.Value is ['{', .. var name, '}'] && All.Contains(name) ? valueOf(name) : found.Value);

    [GeneratedRegex(@"\{[^{}\r\n]*\}|[{}]", RegexOptions.CultureInvariant)]
    private static partial Regex Braced();
}
