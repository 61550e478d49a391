using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms;
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

/// <summary>The tables of a form in words, as <see cref="FormLayout"/> lays them out on the page and in its file alike.</summary>
public static class SheetLayout
{
    public static ImmutableArray<SheetBlock> Of(Form form, CatalogueSnapshot catalogue, CultureInfo culture) =>
        [.. FormLayout.Of(form).Select(block => Of(block, catalogue, culture))];

    public static string AreaName(string area, CatalogueSnapshot catalogue, CultureInfo culture) =>
        catalogue.Areas.TryGetValue(area, out var known) ? known.ShortName.In(culture) : area;

    private static SheetBlock Of(FormBlock block, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        ImmutableArray<SheetColumn> columns = [.. block.Indicators.Select(i => catalogue.Indicators[i.Code]).Select(i => new SheetColumn(i, i.ShortName.In(culture), i.Unit.In(culture)))];
        return new(block.IsGrid, columns, block.IsGrid
            ? [.. block.Areas.Select(area => new SheetLine(AreaName(area, catalogue, culture), [.. block.Indicators.Select(i => new CellKey(i.Code, area))]))]
            : [.. block.Indicators.Select(i => new SheetLine(NameOf(i, catalogue, culture), [new(i.Code, i.Areas[0])]))]);
    }

    private static string NameOf(FormIndicator column, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var name = catalogue.Indicators[column.Code].Name.In(culture);
        return column.Areas[0] == Area.ProvinceCode ? name : $"{name} · {AreaName(column.Areas[0], catalogue, culture)}";
    }
}
