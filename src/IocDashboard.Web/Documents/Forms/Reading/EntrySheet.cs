using System.Xml;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms.Templates;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>One sheet of a template, read row by row below its row of codes.</summary>
internal sealed class EntrySheet(string name, NumberFormat numbers, CellNames names, CellCollector cells)
{
    // The codes stand above the entries, whatever was inserted over them.
    private const int LastRowForCodes = 200;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<int, (int First, int Count)> _cellsOfRow = [];
    private int _codes = -1, _areaNames = -1, _indicatorNames = -1;
    private int _hidden, _firstHidden;

    /// <returns>Whether the sheet has codes; one without is its sender's own and is passed over.</returns>
    public bool Read(XmlReader xml, SheetRows rows)
    {
        while (rows.Read(xml))
        {
            if (_entries.Count > 0)
            {
                if (!ReadEntries(rows)) break;
            }
            else if (rows.Number > LastRowForCodes)
            {
                return false;
            }
            else
            {
                ReadCodes(rows);
            }
        }

        if (_hidden > 0) cells.Notice(Place("A", _firstHidden), FileCodes.HiddenRows, _hidden.ToString(System.Globalization.CultureInfo.InvariantCulture));
        RefuseMerged(rows);
        return _entries.Count > 0;
    }

    private void ReadCodes(SheetRows rows)
    {
        var columns = new Dictionary<(string Indicator, string Kind), int>();
        foreach (var cell in rows.Cells)
        {
            if (cell.Text == TemplateCodes.Column) _codes = cell.Column;
            else if (cell.Text.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0) columns.TryAdd((cell.Text[..slash], cell.Text[(slash + 1)..]), cell.Column);
        }

        foreach (var ((indicator, kind), column) in columns)
        {
            if (kind == TemplateCodes.Value) _entries.Add(new(indicator, column, Of(indicator, TemplateCodes.Status), Of(indicator, TemplateCodes.Note)));
        }

        _areaNames = Of("", TemplateCodes.AreaName);
        _indicatorNames = Of("", TemplateCodes.IndicatorName);
        foreach (var entry in _entries)
        {
            // Without a code or a name beside it an entry says nothing of what it is: the column of names is pointed at.
            var label = Letters(_indicatorNames > 0 ? _indicatorNames : entry.Value);
            entry.Columns = new(name, label, Letters(_areaNames), Letters(entry.Value), Letters(entry.Status), Letters(entry.Note));
        }

        int Of(string indicator, string kind) => columns.GetValueOrDefault((indicator, kind), -1);
        string Letters(int column) => CellAddress.Letters(column > 0 ? column : 1);
    }

    private bool ReadEntries(SheetRows rows)
    {
        var (first, code) = (cells.Cells.Count, Text(rows, _codes) ?? "");
        var slash = code.IndexOf('/', StringComparison.Ordinal);
        if (!_entries.Exists(e => rows[e.Value] is { IsBlank: false } || rows[e.Status] is { IsBlank: false } || rows[e.Note] is { IsBlank: false }))
        {
            if (slash >= 0) cells.AddBlank(_entries.Count);
            return true;
        }

        if (!cells.NextRow(Place("A", rows.Number))) return false;
        var (indicatorOfRow, area) = slash < 0 ? (null, null) : (code[..slash], code[(slash + 1)..]);
        if (slash < 0 && !TryNames(rows, out indicatorOfRow, out area)) return true;
        foreach (var entry in _entries) cells.Add(Cell(rows, entry, entry.Indicator.Length > 0 ? entry.Indicator : indicatorOfRow, area));
        if (cells.Cells.Count == first) return true;
        _cellsOfRow[rows.Number] = (first, cells.Cells.Count - first);
        if (rows.IsHidden && _hidden++ == 0) _firstHidden = rows.Number;
        return true;
    }

    private FileCell Cell(SheetRows rows, Entry entry, string? indicator, string? area)
    {
        var value = rows[entry.Value] is { } cell ? ValueReading.Of(cell, numbers, names.Decimals(indicator)) : default;
        var place = entry.Columns.Place(rows.Number, entry.Columns.Value);
        if (value.Notice is { } notice) cells.Notice(place, notice, value.Text);
        return new(
            entry.Columns, rows.Number, indicator, area, value.Text ?? "", value.Number, StatusWords.Read(Text(rows, entry.Status)), Text(rows, entry.Note),
            value.Fault is { } fault ? JudgementError.At(place, fault, value.Text ?? "") : null);
    }

    /// <summary>A row whose code was deleted is known by its names, if each is the name of one code alone.</summary>
    private bool TryNames(SheetRows rows, out string? indicator, out string? area)
    {
        indicator = null;
        if (!TryName(rows, _areaNames, names.Area, out area)) return false;
        if (_entries.TrueForAll(e => e.Indicator.Length > 0)) return true;
        return TryName(rows, _indicatorNames, names.Indicator, out indicator);
    }

    private bool TryName(SheetRows rows, int column, Func<string, (string?, string?)> find, out string? code)
    {
        var text = Text(rows, column) ?? "";
        (code, var fault) = find(text);
        var place = Place(CellAddress.Letters(Math.Max(column, 1)), rows.Number);
        if (fault is not null) cells.Fault(place, fault, text);
        else cells.Notice(place, FileCodes.NamesMatched, text);
        return fault is null;
    }

    /// <summary>Where cells were merged, one entry stands for several: which of them it is meant for, nobody knows.</summary>
    private void RefuseMerged(SheetRows rows)
    {
        if (_cellsOfRow.Count == 0) return;
        foreach (var (left, top, right, bottom) in rows.Merged)
        {
            // Over the whole sheet or over two rows: whichever is shorter to go through.
            var covered = bottom - top < _cellsOfRow.Count ? Enumerable.Range(top, bottom - top + 1).Where(_cellsOfRow.ContainsKey) : _cellsOfRow.Keys.Where(r => r >= top && r <= bottom);
            foreach (var row in covered)
            {
                var (first, count) = _cellsOfRow[row];
                for (var i = first; i < first + count; i++)
                {
                    var cell = cells.Cells[i];
                    var entry = _entries.First(e => e.Columns == cell.Columns);
                    if (new[] { entry.Value, entry.Status, entry.Note }.Any(c => c >= left && c <= right))
                        cells.Replace(i, cell with { Fault = JudgementError.At(cell.Place("value"), FileCodes.MergedCell, $"{CellAddress.Of(left, top)}:{CellAddress.Of(right, bottom)}") });
                }
            }
        }
    }

    private static string? Text(SheetRows rows, int column) => rows[column] is { IsBlank: false } cell ? cell.Text : null;

    private string Place(string column, int row) => $"{name}!{column}{row.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>The three columns of an indicator; of every indicator, in a list, with no code of its own.</summary>
    private sealed class Entry(string indicator, int value, int status, int note)
    {
        public string Indicator => indicator;
        public int Value => value;
        public int Status => status;
        public int Note => note;
        public FileColumns Columns { get; set; } = null!;
    }
}
