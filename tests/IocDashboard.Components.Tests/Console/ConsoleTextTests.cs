using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using IocDashboard.Web.Surfaces.Console;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed partial class ConsoleTextTests
{
    private static Dictionary<string, string> Texts(string culture) =>
        ConsoleText.Resources.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static Dictionary<string, string> Neutral => ConsoleText.Resources.GetResourceSet(CultureInfo.InvariantCulture, true, false)!
        .Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    [Fact]
    public void English_HasEveryText() => Texts("en").Keys.ShouldBe(Neutral.Keys, ignoreOrder: true);

    [Fact]
    public void English_TakesTheSameValues()
    {
        var english = Texts("en");
        foreach (var (name, text) in Neutral)
            Places(english[name]).ShouldBe(Places(text), name);
    }

    [Fact]
    public void Vietnamese_IsComposed() => Neutral.Values.ShouldAllBe(t => t.IsNormalized(System.Text.NormalizationForm.FormC));

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(m => m.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
