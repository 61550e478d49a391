using System.Globalization;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>The whole overview in its frame: tiles, map, overdue board, feeds.</summary>
public sealed partial class OverviewStage(OverviewScene scene, VerifiedScene verified)
{
    private Dictionary<string, Tile> _tiles = [];

    [Parameter, EditorRequired]
    public required BoardState Board { get; set; }

    [Parameter, EditorRequired]
    public required CultureInfo Culture { get; set; }

    /// <summary>The instant shown: the board's own when it is of the past.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired]
    public required string Epoch { get; set; }

    [Parameter, EditorRequired]
    public required string Build { get; set; }

    /// <summary>Figures that nobody has verified are not shown.</summary>
    [Parameter]
    public bool VerifiedOnly { get; set; }

    private string Channel => VerifiedOnly ? VerifiedScene.ChannelName : "wall/default";

    protected override void OnParametersSet() =>
        _tiles = (VerifiedOnly ? verified.Compose(Board, Culture, Now) : scene.Compose(Board, Culture, Now)).ToDictionary(t => t.Id, StringComparer.Ordinal);

    /// <summary>What is hidden from the reader has no place either: an empty one would name it.</summary>
    private bool Has(string id) => _tiles.ContainsKey(id);

    private RenderFragment Content(string id) => TilePlaces.Content(_tiles, id);
}
