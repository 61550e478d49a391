using System.Net;
using System.Text.RegularExpressions;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Tests.Access;

/// <summary>The page on which people set up their second factor, as they use it without a script.</summary>
internal static partial class SecondFactorPages
{
    public const string Path = "/account/second-factor";

    public static Task<HttpResponseMessage> ProveAsync(Visitor person, string shown) => person.FillAsync(Path, "prove", ("Form.Password", shown));

    /// <summary>The key as the page shows it to people.</summary>
    public static async Task<string> ShownKeyAsync(Visitor person) => KeyPattern().Match(await person.Client.GetStringAsync(Path)).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal);

    /// <returns>The page with its recovery codes; the person's app then knows the key.</returns>
    public static async Task<string> SetAppAsync(Visitor person, TimeProvider clock, string? code = null)
    {
        var page = await person.Client.GetStringAsync(Path);
        var key = KeyPattern().Match(page).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal);
        key.Length.ShouldBe(32);
        using var answer = await person.FillAsync(Path, "app", ("Form.Key", HiddenPattern().Match(page).Groups["key"].Value), ("Form.Code", code ?? OneTimeCode.Of(key, clock.GetUtcNow())));
        if (code is null) person.Key = key;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public static IReadOnlyList<string> RecoveryCodesOf(string page) => [.. RecoveryPattern().Matches(page).Select(m => m.Value)];

    public static async Task SignOutAsync(Visitor person)
    {
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", Visitor.TokenOf(await person.Client.GetStringAsync("/signin")))]);
        (await person.Client.PostAsync("/signout", form)).Dispose();
    }

    [GeneratedRegex("data-key>(?<key>[A-Z2-7 ]+)<")]
    private static partial Regex KeyPattern();

    [GeneratedRegex("name=\"Form.Key\" value=\"(?<key>[^\"]+)\"")]
    private static partial Regex HiddenPattern();

    [GeneratedRegex("[2-9A-Z]{4}(-[2-9A-Z]{4}){3}")]
    private static partial Regex RecoveryPattern();
}
