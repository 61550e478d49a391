using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>
/// What one person has decided on the cells of one submission, and which cell is next. It lives with the page: the report itself is
/// decided once, as a whole.
/// </summary>
public sealed class ReviewDecisions
{
    private readonly Dictionary<CellKey, CellDecision> _cells = [];
    private ReviewView? _view;

    public IReadOnlyDictionary<CellKey, CellDecision> Cells => _cells;

    /// <summary>Index of the line that the person is in.</summary>
    public int Selected { get; private set; }

    /// <summary>The reasons of the selected cell are being written.</summary>
    public bool IsReturning { get; private set; }

    /// <summary>Grows with every change of what is decided or looked at.</summary>
    public int Stamp { get; private set; }

    public int Accepted => _cells.Values.Count(d => !d.IsReturn);

    public int Returned => _cells.Values.Count(d => d.IsReturn);

    public int Left => Lines.Count - _cells.Count;

    private IReadOnlyList<ReviewLine> Lines => _view is { } view ? view.Lines : [];

    public bool IsReturn(ReviewLine line) => _cells.GetValueOrDefault(line.Cell.Key) is { IsReturn: true };

    /// <summary>Begins anew on a submission: what an earlier verifier accepted stays so.</summary>
    public void Begin(ReviewView? view)
    {
        (_view, Selected, IsReturning) = (view, 0, false);
        _cells.Clear();
        foreach (var line in Lines)
            if (line.WasAccepted) _cells[line.Cell.Key] = CellDecision.Accepted;
        if (view?.Seen.Report.State == ReportState.Submitted && NextOpen(0) is { } first) Selected = first;
        Stamp++;
    }

    /// <summary>The same submission, read again.</summary>
    public void Continue(ReviewView? view) => _view = view;

    public void Clear()
    {
        _cells.Clear();
        Stamp++;
    }

    /// <returns>False where there is no such line, or one is in it already.</returns>
    public bool Select(int at)
    {
        if (at < 0 || at >= Lines.Count || at == Selected) return false;
        (Selected, IsReturning) = (at, false);
        Stamp++;
        return true;
    }

    public void Accept(int at) => Decide(at, CellDecision.Accepted);

    public void BeginReturn(int at)
    {
        (Selected, IsReturning) = (at, true);
        Stamp++;
    }

    public void CancelReturn()
    {
        IsReturning = false;
        Stamp++;
    }

    public void Decide(int at, CellDecision decision)
    {
        if (at < 0 || at >= Lines.Count) return;
        _cells[Lines[at].Cell.Key] = decision;
        (Selected, IsReturning) = (NextOpen(at) ?? at, false);
        Stamp++;
    }

    /// <summary>Every cell about which the judge asked nothing and that nothing was decided on.</summary>
    public void AcceptClean()
    {
        foreach (var line in Lines)
            if (!line.IsFlagged) _cells.TryAdd(line.Cell.Key, CellDecision.Accepted);
        (Selected, IsReturning) = (NextOpen(Selected) ?? Selected, false);
        Stamp++;
    }

    /// <summary>The next cell that nothing was decided on, from here on and round; null when there is none.</summary>
    private int? NextOpen(int from)
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            var at = (from + i) % Lines.Count;
            if (!_cells.ContainsKey(Lines[at].Cell.Key)) return at;
        }

        return null;
    }
}
