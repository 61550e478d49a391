using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features;

/// <summary>
/// The cells of each form and feed, built at first use and kept for as long as the catalogue stays the same. Of other codes a grid
/// knows those that its agency sees without any agreement: a refusal must not tell a hidden code from one that does not exist.
/// </summary>
public sealed class CellGrids
{
    // Beside the current catalogue those of earlier and coming periods; each as long as somebody holds it.
    private readonly ConditionalWeakTable<CatalogueSnapshot, Built> _built = [];

    public CellGrid Of(CatalogueSnapshot catalogue, Form form) =>
        For(catalogue).Grids.GetOrAdd("form:" + form.Code, static (_, x) => CellGrid.Of(x.form, Known(x.catalogue, x.form.Agency)), (form, catalogue));

    public CellGrid Of(CatalogueSnapshot catalogue, Feed feed) =>
        For(catalogue).Grids.GetOrAdd("feed:" + feed.Code, static (_, x) => CellGrid.Of(x.feed, Known(x.catalogue, x.feed.Agency)), (feed, catalogue));

    private static FrozenDictionary<string, Indicator> Known(CatalogueSnapshot catalogue, string agency) =>
        catalogue.SeenBy(Sight.Of(agency, [], default)).Indicators;

    private Built For(CatalogueSnapshot catalogue) => _built.GetValue(catalogue, static _ => new());

    private sealed class Built
    {
        public ConcurrentDictionary<string, CellGrid> Grids { get; } = new(StringComparer.Ordinal);
    }
}
