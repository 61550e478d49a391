using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Surfaces.Shared.Charts;
using IocDashboard.Web.Surfaces.Shared.Maps;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Charts;

public sealed class ChartTests
{
    private static ImmutableArray<SeriesPoint> Hours(params decimal?[] values) =>
        [.. values.Select((v, i) => new SeriesPoint(Boards.Now.AddHours(i), v))];

    [Fact]
    public void Sparkline_WithAGap_KeepsTheGap()
    {
        var line = Sparkline.Of(Hours(1, 2, null, 3, 4), cumulative: false)!.Line;
        line.Count(c => c == 'M').ShouldBe(2);
        line.ShouldStartWith("M1.0 37.2L");
        line.ShouldEndWith("L97.0 2.8");
    }

    [Fact]
    public void Sparkline_WithALonePoint_MakesItADot() =>
        Sparkline.Of(Hours(1, null, 3, null, 2, 5), cumulative: false)!.Line.ShouldContain("h.01");

    [Fact]
    public void Sparkline_OfUnevenTimes_SpacesByTime()
    {
        ImmutableArray<SeriesPoint> points = [new(Boards.Now, 1), new(Boards.Now.AddHours(1), 2), new(Boards.Now.AddHours(4), 3)];
        Sparkline.Of(points, cumulative: false)!.Line.ShouldContain("L25.0 ");
    }

    [Fact]
    public void Sparkline_OfAFlatSeries_RunsThroughTheMiddle()
    {
        var flat = Sparkline.Of(Hours(5, 5, 5, 5, 5, 5, 5), cumulative: false)!;
        flat.Line.ShouldStartWith("M1.0 20.0");
        flat.BandTop.ShouldBeNull();
    }

    [Fact]
    public void Sparkline_OfOneValue_IsNone() => Sparkline.Of(Hours(5, null), cumulative: false).ShouldBeNull();

    [Fact]
    public void Sparkline_OfACumulativeSeries_HasNoNormalBand()
    {
        var values = Hours(1, 2, 4, 5, 7, 8, 9);
        Sparkline.Of(values, cumulative: true)!.BandTop.ShouldBeNull();
        Sparkline.Of(values, cumulative: false)!.BandTop.ShouldNotBeNull();
    }

    [Fact]
    public void NormalBand_WithOneOutlier_DoesNotFollowIt()
    {
        var band = NormalBand.Of([10, 11, 9, 10, 12, 8, 100])!;
        band.Contains(11).ShouldBeTrue();
        band.Contains(30).ShouldBeFalse();
    }

    [Fact]
    public void NormalBand_OfAShortSeries_IsNone() => NormalBand.Of([1, 2, 3, 4]).ShouldBeNull();

    [Fact]
    public void Bullet_OfAHigherIsBetterRate_HasItsWorseRangesOnTheLeft()
    {
        var bullet = Bullet.Of(Boards.Catalogue.Indicators["DT02"], 58.3m)!; // target 95, warning 70, critical 50
        var (warning, critical) = (Number(bullet.Warning!.Width), Number(bullet.Critical!.Width));
        bullet.Warning.X.ShouldBe("0");
        critical.ShouldBeLessThan(Number(bullet.Bar!));
        Number(bullet.Bar!).ShouldBeLessThan(warning);
        Number(bullet.Targets.Single()).ShouldBeGreaterThan(warning);
    }

    [Fact]
    public void Bullet_OfALowerIsBetterFigure_HasItsWorseRangesOnTheRight()
    {
        var bullet = Bullet.Of(Boards.Catalogue.Indicators["CN06"], 312.4m)!; // warning 430, critical 480
        (Number(bullet.Warning!.X) + Number(bullet.Warning.Width)).ShouldBe(100, 0.11);
        Number(bullet.Warning.X).ShouldBeGreaterThan(Number(bullet.Bar!));
        Number(bullet.Critical!.X).ShouldBeGreaterThan(Number(bullet.Warning.X));
    }

    [Fact]
    public void Bullet_OfABand_HasTwoTicks() => Bullet.Of(Boards.Catalogue.Indicators["YT03"], 78.4m)!.Targets.Count.ShouldBe(2);

    [Fact]
    public void Bullet_OfAnUnknownFigure_HasNoBar() => Bullet.Of(Boards.Catalogue.Indicators["DT02"], null)!.Bar.ShouldBeNull();

    [Fact]
    public void Bullet_OfAContextIndicator_IsNone() =>
        Bullet.Of(Boards.Catalogue.IndicatorList.First(i => i is { Direction: Direction.Context, Thresholds: { TargetLow: null, Warning: null } }), 5).ShouldBeNull();

    [Fact]
    public void Bullets_OfEveryIndicator_StayInTheirBox()
    {
        foreach (var figure in Boards.Floods().Figures.Values)
        {
            if (Bullet.Of(figure.Indicator, figure.Value) is not { } bullet) continue;
            string?[] numbers = [bullet.Bar, bullet.Warning?.X, bullet.Warning?.Width, bullet.Critical?.X, bullet.Critical?.Width, .. bullet.Targets];
            foreach (var number in numbers.OfType<string>()) Number(number).ShouldBeInRange(0, 100, figure.Indicator.Code);
        }
    }

    [Fact]
    public void HexGrid_Neighbours_TouchButDoNotOverlap()
    {
        HexGrid.Centre(2, 0).ShouldBe((250, HexGrid.Radius));
        HexGrid.Centre(2, 1).X.ShouldBe(300);
        var (right, below) = (HexGrid.Centre(3, 0), HexGrid.Centre(2, 1));
        Distance(HexGrid.Centre(2, 0), right).ShouldBe(HexGrid.Width, 1e-9);
        Distance(HexGrid.Centre(2, 0), below).ShouldBe(HexGrid.Width, 1e-9);

        static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
    }

    [Fact]
    public void HexGrid_Points_AreTheDrawnOnes() =>
        HexGrid.Points(250, 57.7).ShouldBe("250.0,2.3 298.0,30.0 298.0,85.4 250.0,113.1 202.0,85.4 202.0,30.0");

    [Fact]
    public void Districts_OnTheMap_HaveAPlaceEach()
    {
        var places = Boards.Catalogue.AreaList.Where(a => a.IsDistrict).Select(a => (a.MapColumn, a.MapRow)).ToList();
        places.Count.ShouldBe(18);
        places.Distinct().Count().ShouldBe(18);
        places.ShouldAllBe(p => p.MapColumn >= 0 && p.MapColumn <= 5 && p.MapRow >= 0 && p.MapRow <= 4);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
