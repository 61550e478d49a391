using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>Tells words of the one language in a page of the other. Names of places, agencies and people belong to both.</summary>
public sealed partial class Language
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en"), Vietnamese = CultureInfo.InvariantCulture;

    private readonly DemoCentre _centre;
    private readonly List<string> _properNames;
    private readonly HashSet<string> _englishOnly;

    public Language(DemoCentre centre, params IReadOnlyList<ResourceManager> resources)
    {
        _centre = centre;
        var catalogue = centre.Host.Services.GetRequiredService<CatalogueCache>().Current;
        LocalText[] names = [.. catalogue.AreaList.SelectMany(a => new[] { a.Name, a.ShortName }), .. catalogue.AgencyList.SelectMany(a => new[] { a.Name, a.ShortName })];
        LocalText[] terms = [.. catalogue.IndicatorList.SelectMany(i => new[] { i.Name, i.ShortName, i.Field, i.Unit })];
        _properNames =
        [
            .. names.Select(n => n.En).Concat(names.Select(n => n.Vi)).SelectMany(n => new[] { n, Abbreviated(n) })
                .Concat(SurfaceText.Get("Lunar.Stems", English).Split(',')).Concat(SurfaceText.Get("Lunar.Branches", English).Split(','))
                .Append("Quảng Nam").Append("Tiếng Việt").Distinct(StringComparer.Ordinal).OrderByDescending(n => n.Length),
        ];
        var spokenInVietnamese = resources.SelectMany(r => Texts(r, Vietnamese)).Concat(names.SelectMany(n => new[] { n.Vi, n.En })).Concat(terms.Select(t => t.Vi)).SelectMany(Words);
        _englishOnly = resources.SelectMany(r => Texts(r, English)).Concat(terms.Select(t => t.En)).SelectMany(Words).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _englishOnly.ExceptWith(spokenInVietnamese);
    }

    /// <summary>Texts of an English page that hold a Vietnamese letter outside a proper name.</summary>
    public IReadOnlyList<string> FindVietnamese(IEnumerable<string> page) =>
        [.. WithoutNames(page).Where(text => _properNames.Aggregate(text, (rest, name) => rest.Replace(name, " ", StringComparison.OrdinalIgnoreCase)).Any(IsVietnamese)).Distinct(StringComparer.Ordinal)];

    /// <summary>Texts of a Vietnamese page that hold a word of the English resources.</summary>
    public IReadOnlyList<string> FindEnglish(IEnumerable<string> page) =>
        [.. WithoutNames(page).Where(text => Words(text).Any(_englishOnly.Contains)).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Other tests make people while this one reads; accounts that are words of the product, as the demonstration's, are left in. A rule's
    /// code is the same in every language.
    /// </summary>
    private IEnumerable<string> WithoutNames(IEnumerable<string> page)
    {
        var people = new List<string>();
        using var command = _centre.Host.Database.CreateCommand($"""
            select name from {AccountsContext.Schema}.account, unnest(array["FullName", "UserName"]) name where name ~ '[. ]' order by length(name) desc
            """);
        using var reader = command.ExecuteReader();
        while (reader.Read()) people.Add(reader.GetString(0));
        people.AddRange(_centre.Host.Services.GetRequiredService<CatalogueCache>().Current.Rules.Rules.Select(r => r.Rule.Code).OrderByDescending(id => id.Length));
        return page.Select(text => people.Aggregate(text, (rest, name) => rest.Replace(name, " ", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>As a narrow hexagon says it: Đ. Giang.</summary>
    private static string Abbreviated(string name) => name.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? $"{name[0]}.{name[end..]}" : name;

    // µ is a unit's.
    private static bool IsVietnamese(char c) => c > 127 && c != 'µ' && c != 'μ' && char.IsLetter(c);

    private static IEnumerable<string> Texts(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(e => (string)e.Value!);

    private static IEnumerable<string> Words(string text) =>
        Placeholder().Replace(text, " ").Split(text.Where(c => !char.IsLetter(c)).Distinct().Append(' ').ToArray()).Where(word => word.Length >= 4);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
