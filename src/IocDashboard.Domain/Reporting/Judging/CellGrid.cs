using System.Collections.Frozen;
using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>
/// The cells of a form or a feed (indicator × area), numbered and indexed. Built once for each catalogue and kept by the
/// caller, so that judging a message only looks up.
/// </summary>
public sealed class CellGrid
{
    private readonly FrozenDictionary<string, Column> _columns;
    private readonly IReadOnlyDictionary<string, Indicator> _indicators;
    private readonly (string Indicator, string Area, bool Required)[] _cells;

    public CellGrid(IEnumerable<FormIndicator> columns, IReadOnlyDictionary<string, Indicator> indicators)
    {
        _indicators = indicators;
        var byCode = new Dictionary<string, Column>(StringComparer.Ordinal);
        var cells = new List<(string, string, bool)>();
        foreach (var column in columns)
        {
            var areas = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var area in column.Areas)
            {
                areas[area] = cells.Count;
                cells.Add((column.Code, area, column.Required));
            }

            byCode[column.Code] = new Column(indicators[column.Code], areas.ToFrozenDictionary(StringComparer.Ordinal));
        }

        _columns = byCode.ToFrozenDictionary(StringComparer.Ordinal);
        _cells = [.. cells];
    }

    public static CellGrid Of(Form form, IReadOnlyDictionary<string, Indicator> indicators) => new(form.Indicators, indicators);

    public static CellGrid Of(Feed feed, IReadOnlyDictionary<string, Indicator> indicators) => new(feed.Indicators, indicators);

    public int Count => _cells.Length;

    internal (string Indicator, string Area, bool Required) this[int cell] => _cells[cell];

    /// <summary>Whether the form or feed asks for it.</summary>
    public bool Has(CellKey cell) => _columns.TryGetValue(cell.Indicator, out var column) && column.Cells.ContainsKey(cell.Area);

    /// <summary>
    /// The cell that is meant, or -1 with the reason. An absent area means the province. The indicator is found also when
    /// its area is not, so that its value can still be judged.
    /// </summary>
    internal int Find(string? indicatorCode, string? areaCode, string notIncluded, out Indicator? indicator, out (string Field, string Code) error)
    {
        error = default;
        indicator = null;
        if (indicatorCode is null || !_columns.TryGetValue(indicatorCode, out var column))
        {
            var known = indicatorCode is not null && _indicators.ContainsKey(indicatorCode);
            error = ("indicator", known ? notIncluded : JudgementCodes.UnknownIndicator);
            return -1;
        }

        indicator = column.Indicator;
        if (column.Cells.TryGetValue(areaCode ?? Area.ProvinceCode, out var cell)) return cell;
        error = ("area", JudgementCodes.UnknownArea);
        return -1;
    }

    private sealed record Column(Indicator Indicator, FrozenDictionary<string, int> Cells);
}
