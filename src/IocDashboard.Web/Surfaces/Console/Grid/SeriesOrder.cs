using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>What sorting and searching need to know of one series, all of it fixed by the catalogue and the language.</summary>
/// <param name="Place">The register's order: indicator by code, then area as registered.</param>
/// <param name="Name">Rank of the indicator's name by the language's collation; likewise area, unit and agency.</param>
/// <param name="Text">Everything a person may search by, folded as in <see cref="PlainText"/>.</param>
public sealed record SeriesPlace(int Id, int Place, int Name, int Area, int Unit, int Agency, string FieldCode, string AgencyCode, bool Streamed, string Text);

/// <summary>
/// Collation is slow and the catalogue changes rarely: names are ranked once per catalogue and language, and each sort of
/// 1,600 figures then compares numbers.
/// </summary>
public sealed class SeriesOrder
{
    private static readonly ConditionalWeakTable<CatalogueSnapshot, SeriesOrder> Vietnamese = [];
    private static readonly ConditionalWeakTable<CatalogueSnapshot, SeriesOrder> English = [];

    private SeriesOrder(CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var compare = culture.CompareInfo.GetStringComparer(CompareOptions.IgnoreCase);
        var names = Ranks(catalogue.IndicatorList.Select(i => i.Name.In(culture)), compare);
        var areas = Ranks(catalogue.AreaList.Select(a => a.Name.In(culture)), compare);
        var units = Ranks(catalogue.IndicatorList.Select(i => i.Unit.In(culture)), compare);
        var agencies = Ranks(catalogue.AgencyList.Select(a => a.ShortName.In(culture)), compare);
        var areaPlaces = catalogue.AreaList.Select((a, i) => (a.Code, i)).ToFrozenDictionary(a => a.Code, a => a.i, StringComparer.Ordinal);
        var indicatorPlaces = catalogue.IndicatorList.Select((a, i) => (a.Code, i)).ToFrozenDictionary(a => a.Code, a => a.i, StringComparer.Ordinal);

        BySeries = catalogue.SeriesById.Values
            .Where(s => catalogue.Indicators.ContainsKey(s.Indicator) && catalogue.Areas.ContainsKey(s.Area))
            .Select(s =>
            {
                var indicator = catalogue.Indicators[s.Indicator];
                var area = catalogue.Areas[s.Area];
                var agency = catalogue.Agencies.GetValueOrDefault(indicator.Agency);
                return new SeriesPlace(
                    s.Id, (indicatorPlaces[s.Indicator] * catalogue.AreaList.Length) + areaPlaces[s.Area],
                    names[indicator.Name.In(culture)], areas[area.Name.In(culture)], units[indicator.Unit.In(culture)],
                    agency is null ? int.MaxValue : agencies[agency.ShortName.In(culture)],
                    indicator.FieldCode, indicator.Agency, indicator.Rhythm.IsStreamed(),
                    PlainText.Fold($"{indicator.Code} {indicator.Name.In(culture)} {area.Name.In(culture)} {area.Code} {agency?.ShortName.Vi} {agency?.ShortName.En} {agency?.Name.In(culture)} {indicator.Field.In(culture)}"));
            })
            .ToFrozenDictionary(p => p.Id);
    }

    public FrozenDictionary<int, SeriesPlace> BySeries { get; }

    public static SeriesOrder Of(CatalogueSnapshot catalogue, CultureInfo culture) =>
        (culture.TwoLetterISOLanguageName == "en" ? English : Vietnamese).GetValue(catalogue, c => new SeriesOrder(c, culture));

    private static FrozenDictionary<string, int> Ranks(IEnumerable<string> texts, StringComparer compare) =>
        texts.Distinct(StringComparer.Ordinal).Order(compare).Select((text, rank) => (text, rank)).ToFrozenDictionary(t => t.text, t => t.rank, StringComparer.Ordinal);
}
