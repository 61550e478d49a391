using System.Globalization;
using System.Text.Json;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>
/// The video wall's default scene: <c>?lang=en</c> for English, <c>?asOf=2021-11-18T14:05:00+07:00</c> for the board as the
/// centre knew it then, plainly marked and without a live connection.
/// </summary>
public sealed partial class WallPage(
    LiveBoard live, AsOfBoards past, OverviewScene scene, ProvinceTime time, TimeProvider clock)
{
    /// <summary>Texts that the display script says by itself.</summary>
    private static readonly string[] ScriptTexts =
        ["Link.Connecting", "Link.Live", "Link.Frame", "Link.Lost", "Link.Kept", "Link.Try", "Link.In", "Link.Trying"];

    private Dictionary<string, Tile> _tiles = [];

    [SupplyParameterFromQuery]
    private string? Lang { get; set; }

    [SupplyParameterFromQuery(Name = "asOf")]
    private string? AsOf { get; set; }

    private BoardState? Board { get; set; }
    private DateTimeOffset Now { get; set; }

    private CultureInfo Culture => DisplayCulture.Of(Lang);
    private string Epoch => live.Epoch;
    private static string Build => BuildInfo.Version;
    private string At => clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
    private string? AsOfText => Board?.AsOf?.ToString("O", CultureInfo.InvariantCulture);
    private string Zone => time.Zone.Id;
    private string Ages => AgeScale.Json(Culture);
    private string Texts => JsonSerializer.Serialize(ScriptTexts.ToDictionary(t => t, Text, StringComparer.Ordinal));
    private string Clock => SurfaceText.Format("Time.Hour", Culture, time.Local(Now));
    private string PastTitle => WallText.Format("Past.Title", Culture, time.Local(Now));

    protected override async Task OnInitializedAsync()
    {
        Board = DateTimeOffset.TryParse(AsOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? await past.GetAsync(at)
            : live.Current;
        Now = Board.AsOf ?? clock.GetUtcNow();
        _tiles = scene.Compose(Board, Culture, Now).ToDictionary(t => t.Id, StringComparer.Ordinal);
    }

    private string Text(string name) => WallText.Get(name, Culture);

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
