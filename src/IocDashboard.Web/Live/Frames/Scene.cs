using System.Globalization;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// One independently replaced piece of a display: the element with id <see cref="Id"/>, drawn by <see cref="Component"/>
/// with its one parameter <c>Model</c>. Models compare by value: an equal model is not rendered again.
/// </summary>
public sealed record Tile(string Id, Type Component, object Model);

/// <summary>What a channel shows. Composing is cheap and pure: no database, no clock, no rendering.</summary>
/// <remarks>An interface because each surface brings its own; the renderer knows none of them.</remarks>
public interface IScene
{
    /// <summary>The channel's name, e.g. <c>wall/overview</c>.</summary>
    string Channel { get; }

    IReadOnlyList<Tile> Compose(BoardState board, CultureInfo culture, DateTimeOffset now);
}
