using System.Globalization;
using Bunit;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces;
using IocDashboard.Web.Surfaces.Wall.Discipline;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Wall.Discipline;

public sealed class DisciplineStageTests
{
    private static readonly DisciplineScene Scene = new(Boards.Time);

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Stage_OnAWholeBoard_ShowsEveryPanel(string lang)
    {
        await using var context = Context();
        var stage = Render(context, DisciplineBoards.Floods(), DisplayCulture.Of(lang));
        stage.FindAll(".measures > div").Count.ShouldBe(6);
        stage.FindAll(".ranking-agencies .rank-list .rank").Count.ShouldBe(22);
        stage.FindAll(".ranking-districts .rank-list .rank").Count.ShouldBe(14);
        stage.FindAll(".hex").Count.ShouldBe(18);
        stage.FindAll(".due").Count.ShouldBe(3);
        stage.FindAll(".cal-day").Count.ShouldBe(30);
        stage.FindAll(".od-wide").Count.ShouldBe(6);
        stage.FindAll(".alarm").Count.ShouldBeInRange(4, 6);
        await Preview.WriteAsync($"discipline-{lang}.html", lang, stage.Markup);
    }

    [Theory]
    [InlineData("vi", "Chưa tính được")]
    [InlineData("en", "Not measured yet")]
    public async Task Stage_BeforeItWasMeasured_SaysSoAndShowsNoZero(string lang, string said)
    {
        await using var context = Context();
        var stage = Render(context, Boards.Silent(), DisplayCulture.Of(lang));
        stage.FindAll(".measures dd").SkipLast(1).ShouldAllBe(dd => dd.TextContent == "—");
        stage.Find(".five-source dd").TextContent.ShouldBe(said);
        stage.FindAll(".rank-none").ShouldAllBe(none => none.TextContent == said);
        stage.FindAll(".hex").ShouldAllBe(hex => hex.GetAttribute("data-status") == "missing");
        stage.FindAll(".od-none").Count.ShouldBe(2);
        await Preview.WriteAsync($"discipline-empty-{lang}.html", lang, stage.Markup);
    }

    [Fact]
    public async Task Stage_BeforeTheCatalogueIsRead_Stands()
    {
        await using var context = Context();
        Render(context, BoardState.Empty, DisplayCulture.English).FindAll(".stage > .panel").Count.ShouldBe(7);
    }

    [Fact]
    public async Task Stage_OfThePast_SaysSoAndNamesTheInstant()
    {
        await using var context = Context();
        var stage = Render(context, DisciplineBoards.Floods() with { AsOf = Boards.Now }, DisplayCulture.Vietnamese);
        stage.Find("#wall").GetAttribute("data-as-of").ShouldNotBeNull();
        stage.Find(".bar-past b").TextContent.ShouldBe("Xem tại 14:05, 18/11/2021");
    }

    [Fact]
    public void Scene_ASecondLater_ChangesNoTile() =>
        Scene.Compose(DisciplineBoards.Floods(), DisplayCulture.Vietnamese, Boards.Now.AddSeconds(1))
            .ShouldBe(Scene.Compose(DisciplineBoards.Floods(), DisplayCulture.Vietnamese, Boards.Now));

    [Fact]
    public void Scene_MeasuredAnew_ChangesTheMeasuresAlone()
    {
        var board = DisciplineBoards.Floods();
        var before = Scene.Compose(board, DisplayCulture.Vietnamese, Boards.Now);
        var after = Scene.Compose(board with { Discipline = board.Discipline! with { At = Boards.Now } }, DisplayCulture.Vietnamese, Boards.Now);
        after.Where(t => !before.Contains(t)).Select(t => t.Id).ShouldBe([DisciplineLayout.FiveId]);
    }

    [Fact]
    public void VerifiedScene_HasNoAlarmOfAnUnverifiedFigureAndSaysWhy()
    {
        var tiles = new VerifiedDisciplineScene(Scene).Compose(DisciplineBoards.Floods(), DisplayCulture.Vietnamese, Boards.Now).ToDictionary(t => t.Id);
        var whole = Scene.Compose(DisciplineBoards.Floods(), DisplayCulture.Vietnamese, Boards.Now).ToDictionary(t => t.Id);
        tiles["w-note"].Model.ToString()!.ShouldContain("Chỉ số liệu đã xác minh");
        tiles["w-counts"].ShouldNotBe(whole["w-counts"]);
        tiles.Keys.ShouldBe(whole.Keys);
        tiles[DisciplineLayout.FiveId].ShouldBe(whole[DisciplineLayout.FiveId]);
    }

    private static BunitContext Context()
    {
        var context = OverviewStageTests.Context();
        context.Services.AddSingleton<DisciplineScene>();
        context.Services.AddSingleton<VerifiedDisciplineScene>();
        return context;
    }

    private static IRenderedComponent<DisciplineStage> Render(BunitContext context, BoardState board, CultureInfo culture) =>
        context.Render<DisciplineStage>(parameters => parameters
            .Add(s => s.Board, board).Add(s => s.Culture, culture).Add(s => s.Now, Boards.Now).Add(s => s.Epoch, "e").Add(s => s.Build, "b"));
}
