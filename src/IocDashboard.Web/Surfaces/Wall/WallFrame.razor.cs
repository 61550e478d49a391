using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>What every scene of the wall stands in: title bar and alarms, and what the display script needs to know.</summary>
public sealed partial class WallFrame(ProvinceTime time)
{
    /// <summary>Texts that the display script says by itself.</summary>
    private static readonly string[] ScriptTexts =
        ["Link.Connecting", "Link.Live", "Link.Frame", "Link.Lost", "Link.Kept", "Link.Try", "Link.In", "Link.Trying"];

    /// <summary>Its class is <c>wall-</c> and this.</summary>
    [Parameter, EditorRequired]
    public required string Scene { get; set; }

    [Parameter, EditorRequired]
    public required string Channel { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<string, Tile> Tiles { get; set; }

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

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    private string At => Now.ToString("O", CultureInfo.InvariantCulture);
    private string? AsOfText => Board.AsOf?.ToString("O", CultureInfo.InvariantCulture);
    private string Zone => time.Zone.Id;
    private string Ages => AgeScale.Json(Culture);
    private string Texts => PageJson.Of(ScriptTexts.ToDictionary(t => t, Text, StringComparer.Ordinal));
    private string Clock => SurfaceText.Format("Time.Hour", Culture, time.Local(Now));
    private string PastTitle => WallText.Format("Past.Title", Culture, time.Local(Now));

    private string Text(string name) => WallText.Get(name, Culture);
}
