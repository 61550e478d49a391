using IocDashboard.Domain.Alerts;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Tiles;

public sealed class RepresentativeTests
{
    private static Representative Of(BoardState board, string indicator) => Representative.All(board, Boards.Now)[indicator];

    private static BoardState With(params Figure[] changed)
    {
        var board = Boards.Floods();
        return board with { Figures = board.Figures.SetItems(changed.Select(f => KeyValuePair.Create(f.SeriesId, f))) };
    }

    [Fact]
    public void Indicator_WithAProvincesFigure_IsStoodForByIt() =>
        Of(Boards.Floods(), "HC01").ShouldSatisfyAllConditions(r => r.Figure.Area.Code.ShouldBe("QNM"), r => r.IsOneOfSeveral.ShouldBeFalse());

    [Fact]
    public void Stations_AreStoodForByTheMostSevereThenTheHighest()
    {
        Of(Boards.Floods(), "TT02").Figure.Area.Code.ShouldBe("RAIN-TRAMY");
        var rain = Boards.Figure("TT02", "RAIN-HOIAN");
        Of(With(rain with { Value = 60, Severity = Severity.Extreme }), "TT02").Figure.Area.Code.ShouldBe("RAIN-HOIAN");
    }

    [Fact]
    public void Stations_WithOneSilentAndNoneAbnormal_ShowTheSilentOne() =>
        Of(Boards.Floods(), "MT04").ShouldSatisfyAllConditions(r => r.Figure.Area.Code.ShouldBe("WW-BACCHULAI"), r => r.IsOneOfSeveral.ShouldBeTrue());

    [Fact]
    public void Stations_WithOneNeverHeard_DoNotHideTheRestBehindIt()
    {
        var figure = Of(With(Boards.Unheard("TT02", "RAIN-ATIENG")), "TT02").Figure;
        figure.TimeKey.ShouldNotBeNull();
    }

    [Fact]
    public void HigherIsBetter_TakesTheLowest()
    {
        var filled = Boards.Figure("DT05", "IZ-THUANYEN") with { Value = 12, Severity = Severity.Critical };
        Of(With(filled), "DT05").Figure.Area.Code.ShouldBe("IZ-THUANYEN");
    }
}
