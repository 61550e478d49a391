using System.Globalization;
using System.Text;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>
/// The name under which a person of the provider is seen here. It is marked, so that <c>lan.pham</c> of the provider is neither
/// taken for nor let into the local account of that name; nobody is recognised by it.
/// </summary>
internal static class SsoUserName
{
    public const string Mark = "@sso";

    private const int Longest = 60;

    public static bool IsMarked(string? userName) => userName?.EndsWith(Mark, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The first of them that nobody has is taken: <c>lan.pham@sso</c>, <c>lan.pham-2@sso</c>, …</summary>
    public static IEnumerable<string> Candidates(string? preferred)
    {
        var name = Plain(preferred?.Split('@')[0] ?? "");
        if (name.Length == 0) name = "person";
        yield return name + Mark;
        for (var i = 2; ; i++) yield return string.Create(CultureInfo.InvariantCulture, $"{name}-{i}{Mark}");
    }

    // What Identity allows in a name, without accents.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (c == 'đ') plain.Append('d');
            else if (char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') plain.Append(c);
            if (plain.Length == Longest) break;
        }

        return plain.ToString();
    }
}
