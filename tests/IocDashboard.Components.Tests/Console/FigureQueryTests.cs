using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class FigureQueryTests
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly BoardState Board = Boards.Floods();

    private static FigureRows Ask(FigureQuery query, BoardState? board = null) => FigureRows.Of(board ?? Board, query, Boards.Now, Vietnamese);

    private static IEnumerable<Figure> Figures(FigureRows rows) => rows.Ids.Select(id => Board.Figures[id]);

    [Fact]
    public void Abnormal_ShowsEachIndicatorOnce_WorstFirst()
    {
        var rows = Ask(new FigureQuery());

        rows.Ids.Length.ShouldBe(Board.Catalogue.IndicatorList.Length);
        var urgencies = Figures(rows).Select(f => FigureStates.Urgency(f, f.AgeAt(Boards.Now))).ToList();
        urgencies.ShouldBe(urgencies.Order());
        Figures(rows).First(f => f.Indicator.Code == "HC01").Area.Code.ShouldBe("PSN");
    }

    [Fact]
    public void Abnormal_WithOtherPlacesAsBad_SaysHowMany()
    {
        var rows = Ask(new FigureQuery());
        var shown = Figures(rows).First(f => f.Indicator.Code == "HC01");
        var urgency = FigureStates.Urgency(shown, shown.AgeAt(Boards.Now));
        var alike = Board.Figures.Values.Count(f => f.Indicator.Code == "HC01" && FigureStates.Urgency(f, f.AgeAt(Boards.Now)) == urgency);

        rows.Others.GetValueOrDefault(shown.SeriesId).ShouldBe(alike - 1);
    }

    [Fact]
    public void All_ShowsEverySeries()
    {
        var rows = Ask(new FigureQuery { Tab = FigureTab.All });

        rows.Ids.Length.ShouldBe(Board.Figures.Count);
        rows.All.ShouldBe(Board.Figures.Count);
    }

    [Fact]
    public void Realtime_ShowsStreamsOnly() =>
        Figures(Ask(new FigureQuery { Tab = FigureTab.Realtime })).ShouldAllBe(f => f.Indicator.Rhythm.IsStreamed());

    [Fact]
    public void Behind_ShowsWhatIsLateOrLostOrMissing()
    {
        var rows = Ask(new FigureQuery { Tab = FigureTab.Behind });

        rows.Ids.ShouldNotBeEmpty();
        Figures(rows).ShouldAllBe(f => FigureStates.IsBehind(f.AgeAt(Boards.Now)));
        rows.Behind.ShouldBe(rows.Ids.Length);
    }

    [Theory]
    [InlineData("muc nuoc")]
    [InlineData("Mực NƯỚC")]
    [InlineData("nuoc muc")]
    public void Search_WithoutDiacritics_FindsThem(string search)
    {
        var rows = Ask(new FigureQuery { Tab = FigureTab.All, Search = search });

        rows.Ids.ShouldNotBeEmpty();
        Figures(rows).ShouldAllBe(f => PlainText.Matches(PlainText.Fold($"{f.Indicator.Name.Vi} {f.Area.Name.Vi} {f.Indicator.Field.Vi} {f.Agency.Name.Vi}"), PlainText.Words(search)));
    }

    [Fact]
    public void Search_WithPlainD_FindsStrokedD() =>
        Figures(Ask(new FigureQuery { Tab = FigureTab.All, Search = "dien ban" })).Select(f => f.Area.Name.Vi).ShouldContain("Thị xã Điện Bàn");

    [Fact]
    public void Search_ByCode_FindsTheIndicator() =>
        Figures(Ask(new FigureQuery { Search = "ns01" })).Select(f => f.Indicator.Code).Distinct().ShouldBe(["NS01"]);

    [Fact]
    public void Filter_ByFieldAndAgency_NarrowsEveryTab()
    {
        var rows = Ask(new FigureQuery { Tab = FigureTab.All, Field = "YT", Agency = "SYT" });

        Figures(rows).ShouldAllBe(f => f.Indicator.FieldCode == "YT" && f.Indicator.Agency == "SYT");
        rows.Abnormal.ShouldBe(Board.Catalogue.IndicatorList.Count(i => i is { FieldCode: "YT", Agency: "SYT" }));
    }

    [Theory]
    [InlineData(FigureColumn.Value)]
    [InlineData(FigureColumn.Previous)]
    [InlineData(FigureColumn.Age)]
    [InlineData(FigureColumn.Period)]
    public void Sort_Descending_ReversesAndKeepsTheUnknownLast(FigureColumn column)
    {
        var silent = Board.Figures.Values.First(f => f.Indicator.Code == "LX01") with { Value = null, TimeKey = null, RecordedAt = null };
        var board = Board with { Figures = Board.Figures.SetItem(silent.SeriesId, silent) };

        var up = Ask(new FigureQuery { Tab = FigureTab.All, SortBy = column }, board).Ids;
        var down = Ask(new FigureQuery { Tab = FigureTab.All, SortBy = column, Descending = true }, board).Ids;

        up[^1].ShouldBe(silent.SeriesId);
        down[^1].ShouldBe(silent.SeriesId);
        up.ShouldBe(down, ignoreOrder: true);
    }

    [Fact]
    public void Sort_ByValue_IsByNumber()
    {
        var values = Figures(Ask(new FigureQuery { Tab = FigureTab.All, SortBy = FigureColumn.Value })).Select(f => f.Value).OfType<decimal>().ToList();

        values.ShouldBe(values.Order());
    }

    [Fact]
    public void Sort_ByName_IsByTheLanguagesCollation()
    {
        var names = Figures(Ask(new FigureQuery { SortBy = FigureColumn.Name })).Select(f => f.Indicator.Name.Vi).ToList();

        names.ShouldBe(names.Order(Vietnamese.CompareInfo.GetStringComparer(CompareOptions.IgnoreCase)));
    }

    [Fact]
    public void SameQuestion_OfAChangedValueInTheSamePlace_GivesTheSameRows()
    {
        var figure = Board.Figures.Values.First(f => f.Indicator.Code == "KT01");
        var changed = Board with { Figures = Board.Figures.SetItem(figure.SeriesId, figure with { Value = figure.Value + 0.01m, Seq = figure.Seq + 1 }) };

        Ask(new FigureQuery(), changed).SameAs(Ask(new FigureQuery())).ShouldBeTrue();
    }

    [Fact]
    public void SilentBoard_EverythingIsMissingAndNothingFails()
    {
        var rows = FigureRows.Of(Boards.Silent(), new FigureQuery { Tab = FigureTab.Behind }, Boards.Now, Vietnamese);

        rows.Ids.Length.ShouldBe(Board.Figures.Count);
    }
}
