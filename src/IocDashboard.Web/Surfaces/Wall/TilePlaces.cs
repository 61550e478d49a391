using IocDashboard.Web.Live.Frames;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>Where a scene's tiles stand in its page.</summary>
internal static class TilePlaces
{
    /// <summary>An element that only carries a tile's id; its content stands in the layout as if it were not there.</summary>
    public static RenderFragment Slot(IReadOnlyDictionary<string, Tile> tiles, string id) => builder =>
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "id", id);
        builder.AddAttribute(2, "class", "slot");
        builder.AddContent(3, Content(tiles, id));
        builder.CloseElement();
    };

    public static RenderFragment Content(IReadOnlyDictionary<string, Tile> tiles, string id) => builder =>
    {
        if (!tiles.TryGetValue(id, out var tile)) return;
        builder.OpenComponent(0, tile.Component);
        builder.AddComponentParameter(1, "Model", tile.Model);
        builder.CloseComponent();
    };
}
