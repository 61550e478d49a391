using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>What has been read of a file so far, and what is wrong with it.</summary>
internal sealed class CellCollector(IProgress<FileProgress>? progress, CancellationToken cancellation)
{
    /// <summary>Rows with entries. The largest form there may be has as many cells.</summary>
    public const int MostRows = 50_000;

    private const int RowsBetweenReports = 1_000;

    // A broken column has as many faults as rows; the first hundred say it.
    private const int MostFaults = 100;

    private readonly List<FileCell> _cells = [];
    private readonly List<JudgementError> _faults = [];
    private readonly List<JudgementError> _notices = [];

    public IReadOnlyList<FileCell> Cells => _cells;

    public int Blank { get; private set; }

    public int Rows { get; private set; }

    public bool IsFull { get; private set; }

    /// <returns>False when there are more rows than are read: the file is then refused.</returns>
    public bool NextRow(string place)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Rows == MostRows)
        {
            Fault(place, FileCodes.TooManyRows, "50.000");
            IsFull = true;
            return false;
        }

        Rows++;
        if (Rows % RowsBetweenReports == 0) progress?.Report(new(Rows, _cells.Count));
        return true;
    }

    /// <summary>Keeps the cell unless it says nothing: no value, no note, and not that there is none.</summary>
    public void Add(FileCell cell)
    {
        if (cell is { Text.Length: 0, Fault: null, Note: null, Status: not "missing" }) Blank++;
        else Keep(cell);
    }

    /// <summary>Whatever it says: where rows are written for each figure, an empty one is a mistake.</summary>
    public void Keep(FileCell cell) => _cells.Add(cell);

    public void AddBlank(int cells) => Blank += cells;

    public void Replace(int index, FileCell cell) => _cells[index] = cell;

    public void Fault(string place, string code, params ReadOnlySpan<string> arguments)
    {
        if (_faults.Count < MostFaults) _faults.Add(JudgementError.At(place, code, arguments));
    }

    public void Notice(string place, string code, params ReadOnlySpan<string> arguments)
    {
        if (_notices.Count < MostFaults) _notices.Add(JudgementError.At(place, code, arguments));
    }

    public FilledForm File(FileReport report, NumberFormat? numbers)
    {
        progress?.Report(new(Rows, _cells.Count));
        return new(report, numbers, IsFull ? [] : [.. _cells], Blank, [.. _faults], [.. _notices]);
    }
}
