using System.Globalization;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>What every stage of the wall is given, and the tiles that its scene makes of it.</summary>
public abstract class WallStage : ComponentBase
{
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

    protected Dictionary<string, Tile> Tiles { get; private set; } = [];

    protected abstract IScene Scene { get; }

    protected override void OnParametersSet() => Tiles = Scene.Compose(Board, Culture, Now).ToDictionary(t => t.Id, StringComparer.Ordinal);

    /// <summary>What is hidden from the reader has no place either: an empty one would name it.</summary>
    protected bool Has(string id) => Tiles.ContainsKey(id);

    protected RenderFragment Content(string id) => TilePlaces.Content(Tiles, id);
}
