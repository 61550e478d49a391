using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>
/// Refuses passwords that are guessed first: what is left of them without common words, names that belong to the account, runs
/// and repetitions is too little; and those that are too short to stand alone. Letters count without case, diacritics and the
/// usual digits in their place.
/// </summary>
public sealed class PasswordRules(CatalogueCache catalogue) : IPasswordValidator<UserAccount>
{
    /// <summary>Characters (level 3, TCVN 11930).</summary>
    public const int LeastLength = 14, LeastLengthWithSecondFactor = 8;

    /// <summary>Identity's own code.</summary>
    public const string TooShort = "PasswordTooShort";

    /// <summary>Characters that must be left after all that is guessable is taken away.</summary>
    public const int LeastLeft = 6;

    public const string Guessable = "PasswordGuessable";

    private const int ShortestWord = 3, ShortestRun = 3;

    private static readonly FrozenSet<string> Common = ReadCommon();

    /// <summary>How long a password of this account has to be.</summary>
    public static int LeastLengthOf(UserAccount user) => user.TwoFactorEnabled ? LeastLengthWithSecondFactor : LeastLength;

    public Task<IdentityResult> ValidateAsync(UserManager<UserAccount> manager, UserAccount user, string? password) =>
        Validate(user, password, LeastLengthOf(user));

    /// <summary>Whether it may stand without a second factor, whatever the account has now.</summary>
    public Task<IdentityResult> ValidateAloneAsync(UserAccount user, string password) => Validate(user, password, LeastLength);

    private Task<IdentityResult> Validate(UserAccount user, string? password, int least)
    {
        if ((password?.Length ?? 0) < least)
            return Task.FromResult(IdentityResult.Failed(new IdentityError { Code = TooShort, Description = $"The password must have at least {least} characters." }));
        var left = LeftOf(password ?? "", OwnNames(user));
        return Task.FromResult(left >= LeastLeft
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError
            {
                Code = Guessable,
                Description = "The password is easy to guess: common words, names, runs such as 12345 or abcde, and repetitions do not count. Use three or four unrelated words.",
            }));
    }

    /// <summary>How many distinct characters remain without the guessable parts.</summary>
    internal static int LeftOf(string password, IEnumerable<string> names)
    {
        var text = Plain(password);
        foreach (var word in names.Select(Plain).Where(n => n.Length >= ShortestWord).Concat(Common.Where(w => text.Contains(w, StringComparison.Ordinal))).OrderByDescending(w => w.Length))
            text = text.Replace(word, "\n", StringComparison.Ordinal);
        return WithoutRuns(text).Where(char.IsLetterOrDigit).Distinct().Count();
    }

    private IEnumerable<string> OwnNames(UserAccount user)
    {
        foreach (var part in $"{user.UserName} {user.Email}".Split(' ', '.', '-', '_', '@')) yield return part;
        yield return user.UserName ?? "";
        yield return user.Agency;
        if (!catalogue.Current.Agencies.TryGetValue(user.Agency, out var agency)) yield break;
        foreach (var name in (string[])[agency.Name.Vi, agency.Name.En, agency.ShortName.Vi, agency.ShortName.En])
        {
            yield return name.Replace(" ", "", StringComparison.Ordinal);
            foreach (var word in name.Split(' ')) yield return word;
        }
    }

    // Rows of the keyboard, the alphabet and the digits, forwards and backwards, and one character again and again.
    private static string WithoutRuns(string text)
    {
        var kept = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var length = RunAt(text, i);
            if (length < ShortestRun) kept.Append(text[i++]);
            else i += length;
        }

        return kept.ToString();
    }

    private static int RunAt(string text, int start)
    {
        var longest = 1;
        while (start + longest < text.Length && text[start + longest] == text[start]) longest++;
        foreach (var row in (string[])["abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm"])
        {
            foreach (var line in (string[])[row, string.Concat(row.Reverse())])
            {
                var at = line.IndexOf(text[start], StringComparison.Ordinal);
                if (at < 0) continue;
                var length = 1;
                while (start + length < text.Length && at + length < line.Length && text[start + length] == line[at + length]) length++;
                longest = Math.Max(longest, length);
            }
        }

        return longest;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || char.IsWhiteSpace(c)) continue;
            plain.Append(char.ToLowerInvariant(c) switch { 'đ' => 'd', '@' => 'a', '$' => 's', '!' => 'i', '€' => 'e', var other => other });
        }

        return plain.ToString();
    }

    private static FrozenSet<string> ReadCommon()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("access/common-passwords.txt")!);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var word = Plain(line.Trim());
            if (word.Length < ShortestWord || word[0] == '#') continue;
            words.Add(word);
            // The usual digits in place of letters.
            words.Add(word.Replace('a', '4').Replace('e', '3').Replace('i', '1').Replace('o', '0').Replace('s', '5'));
            words.Add(word.Replace('o', '0'));
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
