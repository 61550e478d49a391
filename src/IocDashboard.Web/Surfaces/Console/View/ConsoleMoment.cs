using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Console.View;

/// <summary>
/// What one redraw of one circuit shows: every pane of the page reads the same board at the same instant. Cascades from the
/// layout; a new one means that something may have changed, and each pane compares its own model before it draws.
/// </summary>
/// <param name="Board">What the reader may see of the board.</param>
/// <param name="Now">The instant that ages count to: the clock when live, the chosen instant when not.</param>
/// <param name="AsOf">Null when live.</param>
/// <param name="FrameAt">When the board last changed before this circuit's eyes; null before the first change, and in the past.</param>
/// <param name="Reading">How the past board is coming along; the board shown is still the one before while it is being read.</param>
public sealed record ConsoleMoment(
    BoardState Board, DateTimeOffset Now, DateTimeOffset? AsOf, BoardSummary Summary, DateTimeOffset? FrameAt, PastReading Reading = PastReading.None)
{
    /// <summary>By what the reader's agency may see now; a page that asks the database asks with it.</summary>
    public Sight Sight { get; init; } = Sight.OfNobody;

    public static readonly ConsoleMoment Empty = new(BoardState.Empty, DateTimeOffset.UnixEpoch, null, BoardSummary.Empty, null);

    public bool IsLive => AsOf is null;

    /// <summary>False until the board has been filled.</summary>
    public bool IsReady => Board.Figures.Count > 0;
}

public enum PastReading { None, UnderWay, Failed }
