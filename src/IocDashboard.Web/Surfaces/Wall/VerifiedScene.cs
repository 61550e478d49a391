using System.Globalization;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Surfaces.Wall.Panels;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>The default wall without what is not verified, and saying so: <c>/wall?verified=only</c>, or every wall by <c>Ioc__WallVerifiedOnly</c>.</summary>
public sealed class VerifiedScene(OverviewScene overview) : IScene
{
    public const string ChannelName = "wall/verified";

    public string Channel => ChannelName;

    public IReadOnlyList<Tile> Compose(BoardState board, CultureInfo culture, DateTimeOffset now) =>
        Noted(overview.Compose(board.VerifiedOnly(), culture, now), culture);

    /// <summary>The tiles, of which the title bar's note says what is left out.</summary>
    internal static IReadOnlyList<Tile> Noted(IEnumerable<Tile> tiles, CultureInfo culture) =>
        [.. tiles.Select(tile => tile.Id == FrameLayout.NoteId ? tile with { Model = Noted(tile, culture) } : tile)];

    private static NoteModel Noted(Tile tile, CultureInfo culture) => tile.Model is NoteModel { Text: { } also }
        ? new($"{WallText.Get("VerifiedOnly", culture)}\n{also}")
        : new(WallText.Get("VerifiedOnly", culture));
}
