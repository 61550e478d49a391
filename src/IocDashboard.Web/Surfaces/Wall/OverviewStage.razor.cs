using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>The whole overview in its frame: title bar, tiles, panels, alarms, and what the display script needs to know.</summary>
public sealed partial class OverviewStage(OverviewScene scene, VerifiedScene verified, ProvinceTime time)
{
    /// <summary>Texts that the display script says by itself.</summary>
    private static readonly string[] ScriptTexts =
        ["Link.Connecting", "Link.Live", "Link.Frame", "Link.Lost", "Link.Kept", "Link.Try", "Link.In", "Link.Trying"];

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

    private string At => Now.ToString("O", CultureInfo.InvariantCulture);
    private string? AsOfText => Board.AsOf?.ToString("O", CultureInfo.InvariantCulture);
    private string Zone => time.Zone.Id;
    private string Ages => AgeScale.Json(Culture);
    private string Texts => PageJson.Of(ScriptTexts.ToDictionary(t => t, Text, StringComparer.Ordinal));
    private string Clock => SurfaceText.Format("Time.Hour", Culture, time.Local(Now));
    private string PastTitle => WallText.Format("Past.Title", Culture, time.Local(Now));

    protected override void OnParametersSet() =>
        _tiles = (VerifiedOnly ? verified.Compose(Board, Culture, Now) : scene.Compose(Board, Culture, Now)).ToDictionary(t => t.Id, StringComparer.Ordinal);

    private string Text(string name) => WallText.Get(name, Culture);

    /// <summary>What is hidden from the reader has no place either: an empty one would name it.</summary>
    private bool Has(string id) => _tiles.ContainsKey(id);

    /// <summary>An element that only carries a tile's id; its content stands in the layout as if it were not there.</summary>
    private RenderFragment Slot(string id) => builder =>
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "id", id);
        builder.AddAttribute(2, "class", "slot");
        builder.AddContent(3, Content(id));
        builder.CloseElement();
    };

    private RenderFragment Content(string id) => builder =>
    {
        if (!_tiles.TryGetValue(id, out var tile)) return;
        builder.OpenComponent(0, tile.Component);
        builder.AddComponentParameter(1, "Model", tile.Model);
        builder.CloseComponent();
    };
}
