using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Live.Board;

/// <summary>An obligation that a screen may show: due soon, overdue, or received late in the last day.</summary>
public sealed record OpenReport(
    string Id, Form Form, Agency Agency, ReportingPeriod Period,
    DateTimeOffset OpensAt, DateTimeOffset DueAt, ReportState State, Punctuality Punctuality,
    DateTimeOffset? OverdueSince, DateTimeOffset? SubmittedAt, int Revision)
{
    /// <summary>While it is sent back: by when the centre asks for it to be mended, if anybody said; a clock of its own beside the deadline.</summary>
    public DateTimeOffset? MendBy { get; init; }

    /// <summary>Sent back, and the day to mend it by has passed.</summary>
    public bool IsMendOverdueAt(DateTimeOffset now) => State == ReportState.Returned && MendBy <= now;

    /// <summary>
    /// It was received, and its source has changed since: then what is due is that it come again, and <see cref="DueAt"/>,
    /// <see cref="OverdueSince"/> and <see cref="Punctuality"/> are of that.
    /// </summary>
    public SourceChange? Update { get; init; }

    /// <summary>Who was told and urged about it.</summary>
    public Pursuit Pursuit { get; init; } = Pursuit.None;

    /// <summary>Nothing complete was received, and it can still come.</summary>
    public bool IsAwaited => this is { State: ReportState.Open or ReportState.Draft, SubmittedAt: null };

    /// <summary>It is to come: for the first time, or again.</summary>
    public bool IsOwed => IsAwaited || Update is not null;

    /// <summary>The agency has something to do about it: nothing complete came, or what came was sent back.</summary>
    public bool IsPursued => IsOwed || State == ReportState.Returned;

    /// <summary>By indicator, the report owed that fell due first, or falls due next: what a figure that never came is measured by.</summary>
    public static Dictionary<string, OpenReport> OwedByIndicator(BoardState board)
    {
        var owed = new Dictionary<string, OpenReport>(StringComparer.Ordinal);
        foreach (var report in board.Reports.Values.Where(r => r.IsAwaited).OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal))
            foreach (var column in report.Form.Indicators) owed.TryAdd(column.Code, report);
        return owed;
    }
}

/// <summary>One source of measurements and how it is heard.</summary>
/// <param name="State">As the last sweep or call left it; what is shown is <see cref="StateAt"/>.</param>
public sealed record FeedStatus(
    Feed Feed, Agency Agency, FeedState State, DateTimeOffset? LastAt, DateTimeOffset? LastReceivedAt,
    DateTimeOffset LateAt, DateTimeOffset LostAt, DateTimeOffset Since)
{
    /// <summary>Windows in which it is silent on purpose, as <see cref="FeedHealth.Pauses"/>.</summary>
    public ValueList<FeedPause> Pauses { get; init; } = new([]);

    /// <summary>The window that holds, or is planned: what a screen tells beside the state.</summary>
    public FeedPause? PauseAt(DateTimeOffset now) => Pauses.Count > 0 && !Pauses[^1].IsOver(now) ? Pauses[^1] : null;

    /// <summary>So that a screen turns at the moment and not at the next sweep.</summary>
    public FeedState StateAt(DateTimeOffset now) =>
        new FeedHealth(Feed.Code, State, LastAt, LastReceivedAt, LateAt, LostAt, Since) { Pauses = Pauses }.At(now).State;
}
