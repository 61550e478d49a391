using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Surfaces.Portal.Sheets;

/// <summary>One indicator that heads cells.</summary>
public sealed record SheetColumn(Indicator Indicator, string Name, string Unit);

/// <summary>One row of a block: a place (or an agency) across its indicators, or one indicator by itself.</summary>
public sealed record SheetLine(string Name, ImmutableArray<CellKey> Cells);

/// <summary>
/// A part of a form that is one table. A matrix has indicators over the same places as columns; a list has an indicator a row,
/// for those that are reported for one place alone.
/// </summary>
public sealed record SheetBlock(bool IsMatrix, ImmutableArray<SheetColumn> Columns, ImmutableArray<SheetLine> Lines);

/// <summary>How a form is laid out for people: on the screen, and alike in its file.</summary>
public static class SheetLayout
{
    /// <summary>Lists first, then one matrix for each set of places, in the form's order.</summary>
    public static ImmutableArray<SheetBlock> Of(Form form, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var single = form.Indicators.Where(i => i.Areas.Length == 1).ToList();
        var blocks = ImmutableArray.CreateBuilder<SheetBlock>();
        if (single.Count > 0) blocks.Add(List(single, catalogue, culture));
        foreach (var group in form.Indicators.Where(i => i.Areas.Length > 1).GroupBy(i => string.Join(' ', i.Areas), StringComparer.Ordinal))
            blocks.Add(Matrix([.. group], catalogue, culture));
        return blocks.ToImmutable();
    }

    private static SheetBlock List(List<FormIndicator> indicators, CatalogueSnapshot catalogue, CultureInfo culture) => new(
        false, [.. indicators.Select(i => Column(i, catalogue, culture))],
        [.. indicators.Select(i => new SheetLine(NameOf(i, catalogue, culture), [new(i.Code, i.Areas[0])]))]);

    private static SheetBlock Matrix(List<FormIndicator> indicators, CatalogueSnapshot catalogue, CultureInfo culture) => new(
        true, [.. indicators.Select(i => Column(i, catalogue, culture))],
        [.. indicators[0].Areas.Select(area => new SheetLine(AreaName(area, catalogue, culture), [.. indicators.Select(i => new CellKey(i.Code, area))]))]);

    private static SheetColumn Column(FormIndicator column, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var indicator = catalogue.Indicators[column.Code];
        return new(indicator, indicator.ShortName.In(culture), indicator.Unit.In(culture));
    }

    private static string NameOf(FormIndicator column, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var name = catalogue.Indicators[column.Code].Name.In(culture);
        return column.Areas[0] == Area.ProvinceCode ? name : $"{name} · {AreaName(column.Areas[0], catalogue, culture)}";
    }

    public static string AreaName(string area, CatalogueSnapshot catalogue, CultureInfo culture) =>
        catalogue.Areas.TryGetValue(area, out var known) ? known.ShortName.In(culture) : area;
}
