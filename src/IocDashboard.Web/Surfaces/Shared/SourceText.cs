using System.Globalization;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>What a source of measurements carries, in words.</summary>
public static class SourceText
{
    private const int MostNamed = 2;

    /// <summary>The short names of its indicators, the first of them and how many more; its code where it is not known any more.</summary>
    public static string Of(string feed, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        if (!catalogue.Feeds.TryGetValue(feed, out var known) || known.Indicators.IsEmpty) return feed;
        var names = known.Indicators.Select(c => catalogue.Indicators.TryGetValue(c.Code, out var indicator) ? indicator.ShortName.In(culture) : c.Code).ToList();
        var named = string.Join(", ", names.Take(MostNamed));
        return names.Count > MostNamed ? string.Create(culture, $"{named} (+{names.Count - MostNamed})") : named;
    }
}
