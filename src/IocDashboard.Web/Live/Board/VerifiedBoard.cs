using System.Runtime.CompilerServices;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Live.Board;

/// <summary>
/// The board for screens that show verified figures only: what nobody has verified has no value on it, no past and no alarm, and is not taken for what never came. Made once
/// a board for all such screens.
/// </summary>
public static class VerifiedBoard
{
    private static readonly ConditionalWeakTable<BoardState, BoardState> Made = [];

    extension(BoardState board)
    {
        public BoardState VerifiedOnly() => Made.GetValue(board, Withhold);
    }

    private static BoardState Withhold(BoardState whole) => whole with
    {
        Figures = whole.Figures.SetItems(whole.Figures.Values
            .Where(f => f.TimeKey is not null && f.Verification != VerificationState.Verified)
            .Select(f => KeyValuePair.Create(f.SeriesId, new Figure { SeriesId = f.SeriesId, Indicator = f.Indicator, Area = f.Area, Agency = f.Agency, IsWithheld = true }))),
    };
}
