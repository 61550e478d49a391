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
        [.. overview.Compose(board.VerifiedOnly(), culture, now).Select(tile => tile.Id == OverviewLayout.NoteId ? tile with { Model = Noted(tile, culture) } : tile)];

    private static NoteModel Noted(Tile tile, CultureInfo culture) => tile.Model is NoteModel { Text: { } also }
        ? new($"{WallText.Get("VerifiedOnly", culture)}\n{also}")
        : new(WallText.Get("VerifiedOnly", culture));
}
