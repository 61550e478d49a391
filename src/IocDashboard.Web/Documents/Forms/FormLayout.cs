using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms;

/// <summary>One table of a form: indicators beside each other over the areas that they share, or, where they share none, a list.</summary>
/// <param name="Areas">Rows of a grid; empty for a list.</param>
public sealed record FormBlock(ImmutableArray<FormIndicator> Indicators, ImmutableArray<string> Areas)
{
    public bool IsGrid => Areas.Length > 0;

    /// <summary>Row by row, as they stand in a list and in a file of rows.</summary>
    public IEnumerable<CellKey> Cells => IsGrid
        ? Areas.SelectMany(area => Indicators, (area, indicator) => new CellKey(indicator.Code, area))
        : Indicators.SelectMany(i => i.Areas, (i, area) => new CellKey(i.Code, area));
}

/// <summary>How a form is laid out, the same on a page and in a workbook: the list of what stands alone first, then its grids.</summary>
public static class FormLayout
{
    public static ImmutableArray<FormBlock> Of(Form form)
    {
        var grids = form.Indicators.Where(i => i.Areas.Length > 1)
            .GroupBy(i => string.Join('\n', i.Areas), StringComparer.Ordinal)
            .Select(g => new FormBlock([.. g], g.First().Areas));
        ImmutableArray<FormIndicator> alone = [.. form.Indicators.Where(i => i.Areas.Length == 1)];
        return [.. alone.IsEmpty ? [] : new[] { new FormBlock(alone, []) }, .. grids];
    }
}
