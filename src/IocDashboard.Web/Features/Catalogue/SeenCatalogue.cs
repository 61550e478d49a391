using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>
/// The catalogue as one reader may see it: what is hidden from them is as if it did not exist, so that a question put with it
/// cannot name, count or read it. Made once for all readers from whom the same is hidden.
/// </summary>
/// <remarks>A form or feed stays when all of its columns are hidden: that a report is owed is no figure.</remarks>
public static class SeenCatalogue
{
    private static readonly ConditionalWeakTable<CatalogueSnapshot, ConcurrentDictionary<string, CatalogueSnapshot>> Seen = [];

    extension(CatalogueSnapshot catalogue)
    {
        public CatalogueSnapshot SeenBy(Sight sight)
        {
            var key = catalogue.HiddenFrom(sight);
            return key.Length == 0 ? catalogue : Seen.GetOrCreateValue(catalogue).GetOrAdd(key, _ => Cut(catalogue, sight));
        }

        /// <summary>The codes that are hidden, as one text: equal texts mean equal sights. Empty when all is seen.</summary>
        public string HiddenFrom(Sight sight) => string.Join(',', sight.HiddenOf([.. catalogue.KnownIndicators, .. ToCome(catalogue)]));
    }

    /// <summary>Decided and not yet of the set: they are in its book.</summary>
    private static IEnumerable<Indicator> ToCome(CatalogueSnapshot catalogue) =>
        catalogue.Book.Codes.Where(c => !catalogue.Indicators.ContainsKey(c)).Order(StringComparer.Ordinal).Select(c => catalogue.Book.Of(c)[^1].Indicator);

    private static CatalogueSnapshot Cut(CatalogueSnapshot whole, Sight sight)
    {
        return new(
            whole.KnownIndicators.Where(sight.Sees), whole.AgencyList, whole.AreaList,
            whole.FormList.Select(f => f with { Indicators = [.. f.Indicators.Where(IsSeen)] }),
            whole.FeedList.Select(f => f with { Indicators = [.. f.Indicators.Where(IsSeen)] }),
            whole.SeriesById.Values.Where(s => IsCodeSeen(s.Indicator)), whole.Calendars, terms: whole.Terms, trusts: whole.Trusts.Values,
            book: new(whole.Book.Versions.Where(v => IsVersionSeen(v.Code))));

        bool IsSeen(FormIndicator column) => IsCodeSeen(column.Code);

        // One that is decided and still to come is seen by what it will be.
        bool IsVersionSeen(string code) => whole.Indicators.ContainsKey(code) ? IsCodeSeen(code) : sight.Sees(whole.Book.Of(code)[^1].Indicator);

        bool IsCodeSeen(string code) => whole.Indicators.TryGetValue(code, out var indicator) && sight.Sees(indicator);
    }
}
