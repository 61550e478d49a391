using Bunit;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Tiles;

/// <summary>All looks of a tile side by side, for the eye (see <see cref="Preview"/>), and the promise that no two are alike.</summary>
public sealed class TileGalleryTests : BunitContext
{
    private static readonly DateTimeOffset Now = Boards.Now;

    public static readonly Figure[] Looks =
    [
        Boards.Figure("NS01") with { DueSoonAt = null },
        Boards.Figure("DT02"),
        Boards.Figure("TT03", "RIV-AINGHIA"),
        Boards.Figure("TT08", "RIV-HOIAN") with { Value = 2.31m, Severity = Severity.Extreme },
        Boards.Figure("KT01"),
        Boards.Figure("CN01"),
        Boards.Figure("HC05") with { Severity = Severity.Normal },
        Boards.Figure("KT06") with { DueSoonAt = Now.AddDays(-1), NextDueAt = Now.AddDays(3) },
        Boards.Figure("GD04"),
        Boards.Figure("GD04") with { Value = 91.2m, Severity = Severity.Warning },
        Boards.Figure("GD04") with { Value = 81.2m, Severity = Severity.Critical },
        Boards.Figure("MT04", "WW-BACCHULAI"),
        Boards.Figure("LX04"),
        Boards.Figure("KT06") with { Value = null, Status = ObservationStatus.Missing, Note = "Chờ đối chiếu" },
        Boards.Unheard("AT06"),
        Boards.Figure("GT01") with { Value = 0, Severity = Severity.Normal },
        Boards.Figure("TT08", "RIV-HOIAN") with { Value = 2.31m, Severity = Severity.Extreme, NextDueAt = Now.AddMinutes(-20) },
        Boards.Figure("KT01") with { Value = -6.2m, Severity = Severity.Critical },
    ];

    [Fact]
    public async Task Looks_SideBySide_AreAllDifferent()
    {
        var tiles = Looks.Select(f => Render<FigureTile>(p => p.Add(t => t.Model, TileComposer.Compose(f, false, Boards.Time, DisplayCulture.Vietnamese, Now))).Markup).ToList();
        tiles.Distinct().Count().ShouldBe(tiles.Count);
        var sprite = Render<ShapesSprite>().Markup;
        var groups = tiles.Chunk(6).Select(g => $"<section class=\"group\"><h2 class=\"group-name\"></h2>{string.Concat(g)}</section>");
        await Preview.WriteAsync("tiles.html", "vi", $"{sprite}<div class=\"wall wall-overview\"><header class=\"bar\"></header><main class=\"stage\">{string.Concat(groups)}</main></div>");
    }
}
