using System.Globalization;
using Bunit;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces;
using IocDashboard.Web.Surfaces.Wall;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Wall;

public sealed class OverviewStageTests
{
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Stage_OnAWholeBoard_ShowsEveryTileAndPanel(string lang)
    {
        await using var context = Context();
        var stage = Render(context, Boards.Floods(), DisplayCulture.Of(lang));
        stage.FindAll("article.tile").Count.ShouldBe(24);
        stage.FindAll(".hex").Count.ShouldBe(18);
        stage.FindAll(".od").Count.ShouldBe(5);
        stage.FindAll(".rv").Count.ShouldBe(4);
        stage.FindAll(".src").Count.ShouldBe(4);
        stage.FindAll(".alarm").Count.ShouldBeInRange(4, 6);
        stage.Find(".note-figures").TextContent.ShouldBe(lang == "vi" ? "Số liệu minh họa" : "Illustrative data");
        await Preview.WriteAsync($"wall-{lang}.html", lang, stage.Markup);
    }

    [Fact]
    public async Task Stage_WithoutAnyData_StandsAndShowsNoZero()
    {
        await using var context = Context();
        var stage = Render(context, Boards.Silent(), DisplayCulture.Vietnamese);
        stage.FindAll("article.tile[data-figure=missing]").Count.ShouldBe(24);
        stage.FindAll("data").ShouldBeEmpty();
        stage.FindAll("[data-status=normal]").ShouldBeEmpty();
        stage.Find(".alarm-none").TextContent.ShouldContain("trong 0 chỉ số");
        await Preview.WriteAsync("wall-empty.html", "vi", stage.Markup);
    }

    [Fact]
    public void Scene_ASecondLater_ChangesNoTile()
    {
        var board = Boards.Floods();
        var scene = new OverviewScene(Boards.Time);
        scene.Compose(board, DisplayCulture.Vietnamese, Boards.Now.AddSeconds(1))
            .ShouldBe(scene.Compose(board, DisplayCulture.Vietnamese, Boards.Now));
    }

    [Fact]
    public void Scene_InTheOtherLanguage_HasTheSameTilesInOtherWords()
    {
        var scene = new OverviewScene(Boards.Time);
        var vi = scene.Compose(Boards.Floods(), DisplayCulture.Vietnamese, Boards.Now);
        var en = scene.Compose(Boards.Floods(), DisplayCulture.English, Boards.Now);
        en.Select(t => t.Id).ShouldBe(vi.Select(t => t.Id));
        en.ShouldNotContain(t => vi.Contains(t));
    }

    [Fact]
    public async Task Stage_BeforeTheCatalogueIsRead_Stands()
    {
        await using var context = Context();
        Render(context, BoardState.Empty, DisplayCulture.English).FindAll(".group").Count.ShouldBe(4);
    }

    [Fact]
    public async Task Stage_OfThePast_SaysSoAndNamesTheInstant()
    {
        await using var context = Context();
        var stage = Render(context, Boards.Floods() with { AsOf = Boards.Now }, DisplayCulture.Vietnamese);
        stage.Find("#wall").GetAttribute("data-as-of").ShouldNotBeNull();
        stage.Find(".bar-past b").TextContent.ShouldBe("Xem tại 14:05, 18/11/2021");
        stage.FindAll(".link").ShouldBeEmpty();
        await Preview.WriteAsync("wall-past.html", "vi", stage.Markup);
    }

    internal static BunitContext Context()
    {
        var context = new BunitContext();
        context.Services.AddSingleton(Boards.Time);
        context.Services.AddSingleton<OverviewScene>();
        context.Services.AddSingleton<VerifiedScene>();
        return context;
    }

    internal static IRenderedComponent<OverviewStage> Render(BunitContext context, BoardState board, CultureInfo culture) =>
        context.Render<OverviewStage>(parameters => parameters
            .Add(s => s.Board, board).Add(s => s.Culture, culture).Add(s => s.Now, Boards.Now).Add(s => s.Epoch, "e").Add(s => s.Build, "b"));
}
