using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Console.View;

/// <summary>Reads the board as the centre knew it at an instant.</summary>
public delegate Task<BoardState> ReadBoardAsOf(DateTimeOffset asOf, CancellationToken cancellation);

/// <summary>
/// A few past boards of this node. A past board never changes, so a page that was drawn once for the first paint and once
/// for its circuit reads it once, and so do colleagues who look at the same instant.
/// </summary>
public sealed class AsOfBoards(ReadBoardAsOf read)
{
    private const int Kept = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<(DateTimeOffset AsOf, Task<BoardState> Board)> _recent = new();

    public Task<BoardState> AtAsync(DateTimeOffset asOf)
    {
        lock (_gate)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
            {
                if (node.Value.AsOf != asOf || node.Value.Board.IsFaulted || node.Value.Board.IsCanceled) continue;
                return node.Value.Board;
            }

            // Not the caller's cancellation: others may wait for the same board.
            var board = Task.Run(() => read(asOf, CancellationToken.None));
            _recent.AddFirst((asOf, board));
            if (_recent.Count > Kept) _recent.RemoveLast();
            return board;
        }
    }
}
