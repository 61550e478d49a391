using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using IocDashboard.Web.Surfaces.Portal.Files;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Portal;

/// <summary>Words of the pane that takes files, and inside the files themselves.</summary>
public sealed partial class FileWordsTests
{
    public static TheoryData<ResourceManager> Words =>
        [FileText.Resources, new ResourceManager("IocDashboard.Web.Documents.Forms.FormText", typeof(FileText).Assembly)];

    [Theory]
    [MemberData(nameof(Words))]
    public void English_HasEveryText_WithTheSameValues(ResourceManager words)
    {
        var (vietnamese, english) = (Texts(words, CultureInfo.InvariantCulture), Texts(words, CultureInfo.GetCultureInfo("en")));

        english.Keys.ShouldBe(vietnamese.Keys, ignoreOrder: true);
        vietnamese.Values.ShouldAllBe(t => t.IsNormalized(System.Text.NormalizationForm.FormC));
        // A period is said in other parts in each language.
        foreach (var (name, text) in vietnamese.Where(t => !t.Key.StartsWith("Period.", StringComparison.Ordinal))) Places(english[name]).ShouldBe(Places(text), name);
    }

    private static Dictionary<string, string> Texts(ResourceManager words, CultureInfo culture) =>
        words.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!);

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(m => m.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d(:[^}]*)?\}")]
    private static partial Regex Place();
}
