using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reviews;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>
/// What one person has decided on the cells of one submission, and which cell is next. It is theirs alone, kept as a draft: the report
/// itself is decided once, as a whole.
/// </summary>
public sealed class ReviewDecisions
{
    private readonly Dictionary<CellKey, CellDecision> _cells = [], _writing = [];
    private readonly HashSet<CellKey> _asked = [];
    private ReviewView? _view;

    public IReadOnlyDictionary<CellKey, CellDecision> Cells => _cells;

    /// <summary>Reasons that were begun and not yet confirmed; a look at another cell loses none of them.</summary>
    public IReadOnlyDictionary<CellKey, CellDecision> Writing => _writing;

    /// <summary>Cells about which the agency's focal point is to be asked.</summary>
    public IReadOnlySet<CellKey> Asked => _asked;

    /// <summary>Index of the line that the person is in.</summary>
    public int Selected { get; private set; }

    /// <summary>The reasons of the selected cell are being written.</summary>
    public bool IsReturning { get; private set; }

    /// <summary>Grows with every change of what is decided or looked at.</summary>
    public int Stamp { get; private set; }

    public int Accepted => _cells.Values.Count(d => !d.IsReturn);

    public int Returned => _cells.Values.Count(d => d.IsReturn);

    public int Left => Lines.Count - _cells.Count;

    /// <summary>Index of the first line whose reason is begun and not confirmed; null where none is. What is decided as a whole would leave it out.</summary>
    public int? Unfinished
    {
        get
        {
            for (var at = 0; at < Lines.Count; at++)
                if (_writing.ContainsKey(Lines[at].Cell.Key) || (IsReturning && at == Selected)) return at;
            return null;
        }
    }

    private IReadOnlyList<ReviewLine> Lines => _view is { } view ? view.Lines : [];

    public bool IsReturn(ReviewLine line) => _cells.GetValueOrDefault(line.Cell.Key) is { IsReturn: true };

    /// <summary>Begins on a submission: what an earlier verifier accepted stays so, and what this person drafted stands again.</summary>
    /// <param name="draft">Of this very submission; cells that it no longer has are passed over.</param>
    public void Begin(ReviewView? view, ReviewDraft? draft)
    {
        (_view, Selected, IsReturning) = (view, 0, false);
        _cells.Clear();
        _writing.Clear();
        _asked.Clear();
        foreach (var line in Lines)
            if (line.WasAccepted) _cells[line.Cell.Key] = CellDecision.Accepted;
        var known = Lines.Select(l => l.Cell.Key).ToHashSet();
        foreach (var cell in draft?.Cells ?? [])
        {
            var key = new CellKey(cell.Indicator, cell.Area);
            if (!known.Contains(key)) continue;
            if (cell.Decision is { } decision) _cells[key] = decision;
            if (cell.Writing is { } writing) _writing[key] = writing;
            if (cell.IsAsked) _asked.Add(key);
        }

        if (view?.Seen.Report.State == ReportState.Submitted && NextOpen(0) is { } first) Selected = first;
        // Whoever was in the middle of a reason goes on there.
        for (var i = 0; i < Lines.Count && !IsReturning; i++)
            if (_writing.ContainsKey(Lines[i].Cell.Key)) (Selected, IsReturning) = (i, true);
        Stamp++;
    }

    /// <summary>The same submission, read again.</summary>
    public void Continue(ReviewView? view) => _view = view;

    /// <returns>All that this person did; empty where that is nothing.</returns>
    /// <param name="mendBy">By when the cells that go back are to be mended.</param>
    public ReviewDraft ToDraft(Report report, string by, DateTimeOffset mendBy) => new(
        report.Id, by, report.SubmittedRevision, report.StateUnderLock,
        [
            .. Lines.Select(l => new DraftedCell(
                    l.Cell.Key.Indicator, l.Cell.Key.Area, l.WasAccepted && !IsReturn(l) ? null : _cells.GetValueOrDefault(l.Cell.Key),
                    _writing.GetValueOrDefault(l.Cell.Key), _asked.Contains(l.Cell.Key)))
                .Where(c => c.Decision is not null || c.Writing is not null || c.IsAsked),
        ],
        Returned + _writing.Count > 0 ? mendBy : null, default)
    {
        AfterOwnCheck = string.Equals(report.CheckedBy, by, StringComparison.OrdinalIgnoreCase),
    };

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

    /// <summary>The reason of the selected cell as it stands in its form.</summary>
    public void Write(CellDecision reason) => _writing[Lines[Selected].Cell.Key] = reason;

    public void CancelReturn()
    {
        _writing.Remove(Lines[Selected].Cell.Key);
        IsReturning = false;
        Stamp++;
    }

    public void Decide(int at, CellDecision decision)
    {
        if (at < 0 || at >= Lines.Count) return;
        _cells[Lines[at].Cell.Key] = decision;
        _writing.Remove(Lines[at].Cell.Key);
        (Selected, IsReturning) = (NextOpen(at) ?? at, false);
        Stamp++;
    }

    /// <summary>Every cell about which the judge asked nothing, that nothing was decided on and no reason is being written for.</summary>
    public void AcceptClean()
    {
        foreach (var line in Lines)
            if (!line.IsFlagged && !_writing.ContainsKey(line.Cell.Key)) _cells.TryAdd(line.Cell.Key, CellDecision.Accepted);
        (Selected, IsReturning) = (NextOpen(Selected) ?? Selected, false);
        Stamp++;
    }

    /// <summary>The focal point is to be asked about the cell, or is not any more.</summary>
    /// <returns>Whether they are now.</returns>
    public bool ToggleAsked(int at)
    {
        if (at < 0 || at >= Lines.Count) return false;
        var key = Lines[at].Cell.Key;
        if (!_asked.Remove(key)) _asked.Add(key);
        Stamp++;
        return _asked.Contains(key);
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
