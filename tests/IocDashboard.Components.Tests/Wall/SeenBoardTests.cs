using System.Globalization;
using Bunit;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.Overdue;
using IocDashboard.Web.Surfaces.Console.View;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Wall;

public sealed class SeenBoardTests
{
    private static readonly Sight Nobody = Sight.OfNobody;

    private static string[] Hidden => [.. Boards.Catalogue.IndicatorList.Where(i => i.Sharing == SharingClass.Specific).Select(i => i.Code)];

    [Fact]
    public void Board_SeenByNobody_HoldsNothingSpecific()
    {
        var board = Boards.Floods().SeenBy(Nobody);

        Hidden.Length.ShouldBe(14);
        board.Catalogue.IndicatorList.Length.ShouldBe(122 - 14);
        board.Figures.Values.ShouldNotContain(f => Hidden.Contains(f.Indicator.Code));
        board.Catalogue.SeriesById.Count.ShouldBe(board.Figures.Count);
        board.Find("CN06", "QNM").ShouldBeNull();
        board.Reports.Count.ShouldBe(Boards.Floods().Reports.Count, "that a report is owed is no figure");
        board.Reports.Values.SelectMany(r => r.Form.Indicators).ShouldNotContain(i => Hidden.Contains(i.Code));
        board.Feeds.Values.SelectMany(f => f.Feed.Indicators).ShouldNotContain(i => Hidden.Contains(i.Code));
        board.Catalogue.FormList.SelectMany(f => f.Indicators).ShouldNotContain(i => Hidden.Contains(i.Code));
    }

    [Fact]
    public void Board_SeenByReadersFromWhomTheSameIsHidden_IsOne()
    {
        var board = Boards.Floods();

        board.SeenBy(Sight.Of("STC", [], Boards.Now)).ShouldBeSameAs(board.SeenBy(Sight.Of("SNV", [], Boards.Now)));
        board.SeenBy(Sight.Of("PCQN", [], Boards.Now)).ShouldNotBeSameAs(board.SeenBy(Nobody));
        (board with { Version = 2 }).SeenBy(Nobody).Catalogue.ShouldBeSameAs(board.SeenBy(Nobody).Catalogue);
        board.SeenBy(Nobody).SeenBy(Nobody).ShouldBeSameAs(board.SeenBy(Nobody));
        board.SeenBy(Everything()).ShouldBeSameAs(board);
    }

    [Fact]
    public void Board_SeenByItsOwnAgency_HoldsItsSpecificFigures() =>
        Boards.Floods().SeenBy(Sight.Of("PCQN", [], Boards.Now)).Find("CN06", "QNM")!.Value.ShouldBe(312.4m);

    [Fact]
    public async Task Stage_SeenByNobody_NamesNothingSpecific()
    {
        await using var context = OverviewStageTests.Context();
        var stage = OverviewStageTests.Render(context, Boards.Floods().SeenBy(Nobody), DisplayCulture.Vietnamese);

        stage.FindAll("article.tile").Count.ShouldBe(23);
        stage.Markup.ShouldNotContain("CN06");
        stage.Markup.ShouldNotContain("312,4");
        stage.Markup.ShouldNotContain(Boards.Catalogue.Indicators["CN06"].ShortName.Vi);
    }

    [Fact]
    public void Console_SeenByNobody_CountsFindsAndListsNothingSpecific()
    {
        var (whole, seen) = (Boards.Floods(), Boards.Floods().SeenBy(Nobody));
        var vietnamese = CultureInfo.GetCultureInfo("vi-VN");
        var names = Hidden.Select(code => Boards.Catalogue.Indicators[code].ShortName.Vi).ToArray();

        BoardSummary.Of(seen, Boards.Now).Fields.Sum(f => f.Expected).ShouldBe(108);
        BoardSummary.Of(whole, Boards.Now).Fields.Sum(f => f.Expected).ShouldBe(122);
        Found(whole, "công suất phụ tải").ShouldBe(1);
        Found(seen, "công suất phụ tải").ShouldBe(0);
        ReportRows.Of(seen, ReportTab.All, ReportChip.None, "", ReportReader.Nobody, Boards.Now, null, Boards.Time, vietnamese).Rows
            .Select(r => r.Content).Where(content => names.Any(name => content.Contains(name, StringComparison.Ordinal))).ShouldBeEmpty();

        int Found(BoardState board, string search) => FigureRows.Of(board, new FigureQuery { Search = search, Tab = FigureTab.All }, Boards.Now, vietnamese).All;
    }

    private static Sight Everything() => Sight.Of(
        "IOC", Hidden.Select(code => new SharingAgreement(Guid.NewGuid(), code, "IOC", Boards.Now, null, "1", "a", Boards.Now, null, null)), Boards.Now);
}
