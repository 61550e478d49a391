using System.Globalization;
using System.Text;
using CsvHelper;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>The rows of a file, each by the names of its columns.</summary>
internal sealed class Rows(CsvReader csv, string[] columns, FileColumns places, CellCollector cells)
{
    private readonly Dictionary<string, int> _index = columns.Select((c, i) => (c, i)).Where(c => c.c.Length > 0).ToDictionary(c => c.c, c => c.i, StringComparer.Ordinal);

    /// <summary>Trimmed and composed; null when the column is empty or not there.</summary>
    public string? this[string column]
    {
        get
        {
            if (!_index.TryGetValue(column, out var at) || csv.IsEmpty(at)) return null;
            var text = csv.GetString(at).Trim();
            // Put there by whoever wrote the file, so that no spreadsheet runs the text.
            if (text is ['\'', '=' or '+' or '-' or '@' or '\'' or '\t' or '\r' or '\n', ..]) text = text[1..];
            return text.Length == 0 ? null : text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
        }
    }

    public int Line => (int)csv.LineNumber;

    public string Place(string column) => places.Place(Line, column);

    /// <summary>At the next row that has as many cells as there are columns; the others are faults.</summary>
    public bool Next()
    {
        while (csv.Read())
        {
            if (!cells.NextRow(Place(""))) return false;
            if (csv.FieldCount == columns.Length) return true;
            cells.Fault(Place(""), FileCodes.BadRow, csv.FieldCount.ToString(CultureInfo.InvariantCulture), columns.Length.ToString(CultureInfo.InvariantCulture));
        }

        return false;
    }

    /// <summary>The code, or the one that the name beside it names. False, with the fault noted, when it names none.</summary>
    public bool TryCode(string codes, string names, Func<string, (string? Code, string? Fault)> find, out string? code)
    {
        code = this[codes];
        if (code is not null || this[names] is not { } name) return true;
        (code, var fault) = find(name);
        if (fault is not null) cells.Fault(Place(names), fault, name);
        else cells.Notice(Place(names), FileCodes.NamesMatched, name);
        return fault is null;
    }

    public FileCell Cell(string? indicator, string? area, ReadValue value, string? status, string? note) => new(
        places, Line, indicator, area, value.Text, value.Number, status, note,
        value.Fault is { } fault ? Domain.Reporting.JudgementError.At(Place(places.Value), fault, value.Text) : null);
}

/// <summary>The one report that all rows of a file are for: the first row says which, and any that says another is a fault.</summary>
internal sealed class ReportOfRows(FileColumns places, string formColumn, string agencyColumn, string periodColumn)
{
    private FileReport? _found;

    public FileReport Found => _found ?? new(null, null, null);

    public void Take(Rows rows, string? form, string? agency, string? period, CellCollector cells)
    {
        if (_found is not { } found)
        {
            _found = new(form, agency, period);
            return;
        }

        if (form != found.Form) cells.Fault(places.Place(rows.Line, formColumn), FileCodes.OtherForm, form ?? "", found.Form ?? "");
        if (agency != found.Agency) cells.Fault(places.Place(rows.Line, agencyColumn), FileCodes.OtherAgency, agency ?? "", found.Agency ?? "");
        if (period != found.Period) cells.Fault(places.Place(rows.Line, periodColumn), FileCodes.OtherPeriod, period ?? "", found.Period ?? "");
    }
}
