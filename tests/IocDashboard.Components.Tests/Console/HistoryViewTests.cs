using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Indicators;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Indicators;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class HistoryViewTests
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly BoardState Board = Boards.Floods();

    public HistoryViewTests() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Vietnamese, Vietnamese);

    private static HistoryPoint Reported(string period, decimal? value, int revision = 1)
    {
        var parsed = ReportingPeriod.Parse(period);
        var key = Boards.Time.StartOf(parsed.FirstDay);
        return new(new Vintage(key, parsed, revision, value, ObservationStatus.Final, VerificationState.Verified, key.AddDays(40), 1), []);
    }

    private static HistoryPoint Measured(double minutesAgo, decimal value)
    {
        var at = Boards.Now.AddMinutes(-minutesAgo);
        return new(new Vintage(at, null, 0, value, ObservationStatus.Final, VerificationState.Verified, at, 1), []);
    }

    private static HistoryView View(string indicator, params HistoryPoint[] newestFirst) =>
        HistoryView.Of(Board.Find(indicator, "QNM")!, new IndicatorHistory([.. newestFirst]), Boards.Now, Boards.Time, Vietnamese);

    [Fact]
    public void Of_AMissingPeriod_LeavesAGap()
    {
        var view = View("DL01", Reported("2021-10", 3), Reported("2021-08", 1));

        view.Chart.Labels.ShouldBe(["08/2021", "09/2021", "10/2021"]);
        view.Chart.Series[0].Values.ShouldBe([1m, null, 3m]);
        view.Rows.Length.ShouldBe(2);
    }

    [Fact]
    public void Of_ASeriesThatBroke_MarksTheBreakAndComparesNothingAcross()
    {
        var figure = Board.Find("DL01", "QNM")!;
        var after = new IndicatorVersion(
            figure.Indicator, ["QNM"], new(2021, 9, 1), VersionKind.Revised, IsBreak: true, new("UBND", "12/QĐ-UBND", "x", Boards.Now) { Paper = new("12/QĐ-UBND", new(2021, 8, 1), "A") }, null, Boards.Now);
        var before = new IndicatorVersion(
            figure.Indicator with { Unit = new("nghìn", "thousand") }, ["QNM"], new(2020, 1, 1), VersionKind.Added, IsBreak: false, null, null, Boards.Now);

        var history = new IndicatorHistory([Reported("2021-10", 120), Reported("2021-09", 100), Reported("2021-08", 80), Reported("2020-09", 70)]);
        var view = HistoryView.Of(figure, history, Boards.Now, Boards.Time, Vietnamese, new IndicatorBook([before, after]));

        view.Chart.Breaks.ShouldBe([new(view.Chart.Labels.IndexOf("09/2021"), null, "Chuỗi số mới từ 01/09/2021")]);
        view.Rows.Select(r => r.Break is null ? r.Period : r.Break).ShouldBe(
            ["Tháng 10/2021", "Tháng 9/2021", "Chuỗi số mới từ 01/09/2021: đổi đơn vị tính (12/QĐ-UBND). Không so sánh với số liệu trước ngày này.", "Tháng 8/2021", "Tháng 9/2020"]);
        view.Rows.Where(r => r.Break is null).Select(r => (r.Change, r.YearAgo)).Skip(1).First().ShouldBe(("—", "—"), "nothing across");
        view.Rows[0].Change.ShouldNotBe("—");
    }

    [Fact]
    public void Of_Cumulative_IsDrawnWithinItsYearBesideTheYearBefore()
    {
        var view = View("NS01", Reported("2021-W02", 300), Reported("2021-W01", 100), Reported("2020-W02", 250), Reported("2020-W01", 90));

        view.Title.ShouldBe("Lũy kế trong năm 2021");
        view.Chart.Labels.Length.ShouldBe(52);
        view.Chart.Series[0].Values.Take(3).ShouldBe([100m, 300m, null]);
        view.Chart.Series[1].Values.Take(2).ShouldBe([90m, 250m]);
    }

    [Fact]
    public void Of_ARow_ComparesWithTheSamePeriodLastYear()
    {
        var view = View("DL01", Reported("2021-10", 120_000), Reported("2021-09", 100_000), Reported("2020-10", 80_000));

        view.Rows[0].Change.ShouldBe("+20,0%");
        view.Rows[0].YearAgo.ShouldBe("80.000");
        view.Rows[0].YearChange.ShouldBe("+50,0%");
    }

    [Fact]
    public void Of_ASilentStream_BreaksTheLine()
    {
        var view = View("CN06", Measured(0, 5), Measured(5, 4), Measured(60, 3), Measured(65, 2), Measured(70, 1));

        view.Chart.Series[0].Values.ShouldBe([1m, 2m, 3m, null, 4m, 5m]);
        view.Points.ShouldBe(5);
    }

    [Fact]
    public void Of_AStream_ListsEveryMeasurementAndDrawsTheSelection()
    {
        HistoryPoint[] measured = [Measured(0, 5), Measured(0.5, 99), Measured(1, 4), Measured(1.5, 3)];
        var history = new IndicatorHistory([.. measured])
        {
            More = true, Line = new StreamLine([new(Boards.Now.AddMinutes(-0.5), 99), new(Boards.Now, 5)], 4, TimeSpan.FromMinutes(5)),
        };

        var view = HistoryView.Of(Board.Find("CN06", "QNM")!, history, Boards.Now, Boards.Time, Vietnamese);

        view.Rows.Select(r => r.Value).ShouldBe(["5,0", "99,0", "4,0"]);
        view.Rows[2].Change.ShouldBe("+1,0");
        view.Chart.Series[0].Values.ShouldBe([99m, 5m]);
        view.Chart.Times!.Value.Length.ShouldBe(2);
    }

    [Fact]
    public void Of_Limits_AreLevels() =>
        View("CN06", Measured(0, 5)).Chart.Levels.Select(l => l.Kind).ShouldBe(["warning", "critical"]);

    [Fact]
    public void Of_NoHistory_HasNothingToDrawAndDoesNotFail()
    {
        foreach (var indicator in Board.Catalogue.IndicatorList)
        {
            var figure = Board.Figures.Values.First(f => f.Indicator.Code == indicator.Code);
            HistoryView.Of(figure, IndicatorHistory.Empty, Boards.Now, Boards.Time, Vietnamese).Rows.ShouldBe(ImmutableArray<HistoryRow>.Empty);
        }
    }
}
