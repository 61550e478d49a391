using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>
/// A form's codes by their names, for rows whose codes were deleted. Names are compared folded, in both languages, long and
/// short; a name that more than one code bears names none of them.
/// </summary>
internal sealed class CellNames(CatalogueSnapshot catalogue, Form? form)
{
    private readonly Lazy<ILookup<string, string>> _areas = new(() => Lookup(
        (form?.Indicators ?? []).SelectMany(i => i.Areas).Distinct(StringComparer.Ordinal).Where(catalogue.Areas.ContainsKey).Select(a => catalogue.Areas[a])
            .SelectMany(a => new[] { (a.Name, a.Code), (a.ShortName, a.Code) })));

    private readonly Lazy<ILookup<string, string>> _indicators = new(() => Lookup(
        (form?.Indicators ?? []).Where(i => catalogue.Indicators.ContainsKey(i.Code)).Select(i => catalogue.Indicators[i.Code])
            .SelectMany(i => new[] { (i.Name, i.Code), (i.ShortName, i.Code) })));

    /// <returns>The one code of that name, or the code of what is wrong with it.</returns>
    public (string? Code, string? Fault) Area(string name) => Find(_areas.Value, name);

    /// <inheritdoc cref="Area"/>
    public (string? Code, string? Fault) Indicator(string name) => Find(_indicators.Value, name);

    /// <summary>Decimals of an indicator; where it is not the form's, none, so that the judge alone refuses it.</summary>
    public int Decimals(string? indicator) => indicator is not null && catalogue.Indicators.TryGetValue(indicator, out var found) ? found.Decimals : 0;

    private static ILookup<string, string> Lookup(IEnumerable<(LocalText Name, string Code)> names) =>
        names.SelectMany(n => new[] { (Name: Names.Fold(n.Name.Vi), n.Code), (Name: Names.Fold(n.Name.En), n.Code) }).Distinct()
            .ToLookup(n => n.Name, n => n.Code, StringComparer.Ordinal);

    private static (string? Code, string? Fault) Find(ILookup<string, string> names, string name)
    {
        string[] codes = [.. names[Names.Fold(name)]];
        return codes.Length == 1 ? (codes[0], null) : (null, codes.Length == 0 ? FileCodes.UnknownName : FileCodes.AmbiguousName);
    }
}
