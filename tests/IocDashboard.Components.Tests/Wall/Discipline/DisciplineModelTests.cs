using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Wall.Discipline;
using IocDashboard.Web.Surfaces.Wall.Panels;
using Shouldly;
using Xunit;
using Measure = IocDashboard.Domain.Reporting.Timeliness;

namespace IocDashboard.Components.Tests.Wall.Discipline;

public sealed class DisciplineModelTests
{
    private static readonly CultureInfo Vi = DisplayCulture.Vietnamese, En = DisplayCulture.English;
    private static readonly DateTimeOffset Now = Boards.Now;

    [Fact]
    public void Five_OfThirtyDays_AreNumbersPartsAndABar()
    {
        var five = FiveMeasuresModel.Of(DisciplineBoards.Measured(), Vi, Now);
        five.Cells.Select(c => (c.Count, c.Share)).ShouldBe([("1.284", null), ("1.197", "93,2%"), ("1.082", "84,3%"), ("115", "9,0%"), ("87", "6,8%")]);
        five.Cells.Select(c => c.Status).ShouldBe(["n0", "n0", "warning", "n0", "n0"]);
        five.Bar.Select(p => (p.Kind, p.Count)).ShouldBe([("on", "1082"), ("late", "115"), ("miss", "87")]);
        five.Age!.Text.ShouldBe("4 phút trước");
        FiveMeasuresModel.Of(DisciplineBoards.Measured(), En, Now).BarLabel.ShouldBe("on time 84.3%, late 9.0%, missing 6.8%");
    }

    [Fact]
    public void Five_WhenNothingWasOwed_HaveNoRates()
    {
        var five = FiveMeasuresModel.Of(DisciplineBoards.Measured() with { All = Measure.None }, Vi, Now);
        five.Cells.ShouldAllBe(c => c.Count == "0" && c.Share == null && c.Status == "n0");
        five.Bar.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.6999, "warning", "70,0")] // judged as it is shown
    [InlineData(0.699, "critical", "69,9")]
    [InlineData(0.70, "warning", "70,0")]
    [InlineData(0.849, "warning", "84,9")]
    [InlineData(0.85, "n1", "85,0")]
    [InlineData(0.95, "n0", "95,0")]
    [InlineData(0.9999, "n0", "99,9")] // not everything
    [InlineData(1, "n0", "100")]
    [InlineData(0, "critical", "0,0")]
    public void Level_FollowsTheNumberThatIsShown(double rate, string level, string shown)
    {
        var percent = TimelinessLevel.Percent((decimal)rate, 1);
        TimelinessLevel.Text(percent, Vi).ShouldBe(shown);
        TimelinessLevel.Of(percent).ShouldBe(level);
    }

    [Fact]
    public void Ranking_IsWorstFirst_WithItsMoveAndCounts_AndWithoutWhoOwedNothing()
    {
        var board = Ranked(
            new("SYT", new(24, 19, 3, 2), new(25, 22, 3, 0)), new("STC", new(10, 10, 0, 0), Measure.None), new("SLDTBXH", new(10, 5, 2, 3), new(10, 4, 3, 3)),
            new("PSN", new(4, 2, 2, 0), new(4, 4, 0, 0)));

        var ranking = RankingModel.OfAgencies(board, Vi);
        ranking.Columns.ShouldHaveSingleItem().Rows.Select(r => (r.Code, r.Status, r.Value, r.Late, r.Missing)).ShouldBe(
            [("SLDTBXH", "critical", "50,0", "2", "3"), ("SYT", "warning", "79,2", "3", "2"), ("STC", "normal", "100", "·", "·")]);
        ranking.Count.ShouldBe("3 đơn vị");
        var health = ranking.Columns[0].Rows[1];
        (health.Place, health.Before, health.MoveFrom, health.MoveBy, health.BeforeSaid).ShouldBe(("45.3%", "68.4%", "45.3%", "23.2%", "30 ngày trước đó: 88,0%"));
        ranking.Columns[0].Rows[0].Place.ShouldBe("0.0%", "what is worse than the plot begins stands at its edge");
        ranking.Columns[0].Rows[2].Before.ShouldBeNull("it owed nothing then");

        RankingModel.OfDistricts(board, Vi).Columns.ShouldHaveSingleItem().Rows.ShouldHaveSingleItem().Name.ShouldBe("Phước Sơn");
    }

    [Fact]
    public void Ranking_WithoutDistrictsThatOwedAnything_SaysSo()
    {
        var districts = RankingModel.OfDistricts(Ranked(new AgencyDiscipline("SYT", new(1, 1, 0, 0), Measure.None)), Vi);
        districts.None.ShouldBe("Trong 30 ngày qua không đơn vị nào trong 18 đơn vị cấp huyện có báo cáo hoặc yêu cầu số liệu đến hạn");
        districts.Columns.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Names_OfEveryAgencyThatReports_FitTheirColumns(string lang)
    {
        var culture = DisplayCulture.Of(lang);
        foreach (var agency in Boards.Catalogue.FormList.Select(f => Boards.Catalogue.Agencies[f.Agency]))
        {
            TextWidth.OfText(agency.ShortName.In(culture), 22).ShouldBeLessThanOrEqualTo(206, agency.ShortName.In(culture));
            TextWidth.OfText(agency.ShortName.In(culture), 24).ShouldBeLessThanOrEqualTo(232, agency.ShortName.In(culture));
        }

        foreach (var area in Boards.Catalogue.AreaList.Where(a => a.IsDistrict)) TextWidth.OfText(area.ShortName.In(culture), 22).ShouldBeLessThanOrEqualTo(140, area.ShortName.In(culture));
    }

    [Fact]
    public void Map_ColoursByTheSameLevels_AndLeavesHollowWhoOwedNothing()
    {
        var map = TimelinessMap.Of(Ranked(
            new("PSN", new(3, 2, 1, 0), Measure.None), new("NSN", new(4, 3, 1, 0), Measure.None), new("HAN", new(4, 4, 0, 0), Measure.None), new("TKY", new(10, 9, 1, 0), Measure.None)), Vi);
        (string Status, string Value) Hex(string code) => map.Hexagons.Where(h => h.Code == code).Select(h => (h.Status, h.Value)).Single();
        Hex("PSN").ShouldBe(("critical", "66,7"));
        Hex("NSN").ShouldBe(("warning", "75,0"));
        Hex("TKY").ShouldBe(("n1", "90,0"));
        Hex("HAN").ShouldBe(("n0", "100"));
        Hex("TGG").ShouldBe(("missing", "—"));
        map.Hexagons.Where(h => h.Mark is not null).Select(h => h.Code).ShouldBe(["NSN", "PSN"], ignoreOrder: true);
        map.Abnormal.Select(l => l.Text).ShouldBe(["dưới 85", "dưới 70", "không có hạn"]);
    }

    [Fact]
    public void Due_OfOneRhythmAndHour_IsOneRowWithAPipForEachAgency()
    {
        // Of the daily reports that are due at 17:00 the board still has two that are owed; what it has not was received.
        var board = DisciplineBoards.With(Owed("SYT-D", "2021-11-17", 17), Owed("STTTT-D", "2021-11-17", 17), Owed("STC-M", "2021-10", 16));
        var due = DueTodayModel.Of(board with { Discipline = DisciplineBoards.Measured() }, Boards.Time, Vi, Now);

        due.Rows.Select(r => (r.Hour, r.Name, r.Said)).Take(2).ShouldBe([("16:00", "Sở Tài chính, thg 10", null), ("17:00", "Báo cáo ngày 17/11/2021", "1/3")]);
        due.Rows[0].State.ShouldBe("chưa nộp");
        due.Rows[1].Pips.ShouldBe([true, false, false]);
        due.Rows[1].Left!.Text.ShouldBe("02:54:50");
        due.Rows[1].Left!.IsHot.ShouldBeFalse();
        due.Count.ShouldBe("6 biểu");
    }

    [Fact]
    public void Due_OnceAllHaveSent_CountsNoMore()
    {
        var due = DueTodayModel.Of(Boards.Silent() with { Discipline = DisciplineBoards.Measured() }, Boards.Time, Vi, Now);
        due.Rows.ShouldAllBe(r => r.Left == null && r.Done == "đã đủ");
    }

    [Fact]
    public void Due_ThatOpenedAfterTheMeasuring_IsThereAtOnce() =>
        DueTodayModel.Of(DisciplineBoards.With(Owed("SYT-D", "2021-11-17", 15)), Boards.Time, Vi, Now).Rows.ShouldHaveSingleItem().Hour.ShouldBe("15:00");

    [Fact]
    public void Due_WhoseHourHasPassed_IsOverdueInThatMoment()
    {
        var board = DisciplineBoards.With(Owed("SYT-D", "2021-11-17", 15));
        var hour = board.Reports.Values.Single().DueAt;
        var (before, at) = (hour.AddSeconds(-1), hour);
        DueTodayModel.Of(board, Boards.Time, Vi, before).Rows.ShouldHaveSingleItem().Left!.ShouldSatisfyAllConditions(l => l.Text.ShouldBe("00:00:01"), l => l.IsHot.ShouldBeTrue());
        OverdueListModel.Of(board, Boards.Time, Vi, before).Rows.ShouldBeEmpty();

        DueTodayModel.Of(board, Boards.Time, Vi, at).None.ShouldBe("Hôm nay không còn biểu nào đến hạn");
        OverdueListModel.Of(board, Boards.Time, Vi, at).Rows.ShouldHaveSingleItem().Due.ShouldBe("hạn 18/11 15:00");
    }

    [Fact]
    public void Month_ShowsRatesBehindTodayAndCountsAhead()
    {
        var month = MonthModel.Of(DisciplineBoards.Measured(), Boards.Time.DayOf(Now), Vi);
        (month.Title, month.From).ShouldBe(("Tháng 11: % đúng hạn", "1"));
        (string Status, string Text, string When) Day(int day) => (month.Days[day - 1].Status, month.Days[day - 1].Text, month.Days[day - 1].When);
        Day(1).ShouldBe(("n0", "98", "past"));
        Day(5).ShouldBe(("warning", "83", "past"));
        Day(13).ShouldBe(("none", "·", "past"));
        Day(15).ShouldBe(("critical", "69", "past"));
        Day(16).ShouldBe(("n1", "90", "past"));
        Day(18).ShouldBe(("none", "38", "today"));
        Day(21).ShouldBe(("none", "·", "next"));
        month.Days.Where(d => d.IsOff).Select(d => d.Day).ShouldBe(["6", "7", "13", "14", "20", "21", "27", "28"]);
        MonthModel.Of(DisciplineBoards.Measured(), Boards.Time.DayOf(Now), En).Title.ShouldBe("November: % on time");
    }

    [Fact]
    public void Overdue_SaysWhomItWasToldToByWhatAndWhen()
    {
        var follow = Boards.Report("SYT-M", "2021-10") with { Pursuit = new(new([]), new([DisciplineBoards.Letter(1, Now.AddDays(-4))]), "nguyen.van.an") };
        var next = Boards.Report("SNNPTNT-W", "2021-W45") with { Pursuit = new(new([new LadderMark("office", new(2021, 11, 19, 8, 30, 0, TimeSpan.FromHours(7)), new([Audience.Office]), null, null)]), new([]), null) };
        var board = DisciplineBoards.With(
            DisciplineBoards.Urged("SLDTBXH-M", "2021-10", DisciplineBoards.Letter(1, Now.AddDays(-7)), DisciplineBoards.Letter(2, Now.AddDays(-1))), follow, next,
            DisciplineBoards.Told("SYT-W", "2021-W45", "due", new(2021, 11, 16, 8, 0, 0, TimeSpan.FromHours(7)), Audience.Head, Audience.Reporters),
            DisciplineBoards.Told("SGDDT-D", "2021-11-17", "remind", new(2021, 11, 18, 7, 0, 0, TimeSpan.FromHours(7)), Audience.FocalPoint), Boards.Report("SNNPTNT-M", "2021-10"));

        var told = OverdueListModel.Of(board, Boards.Time, Vi, Now).Rows.ToDictionary(r => r.Id.Split('/')[0], r => (r.Whom, r.How));
        told["SLDTBXH-M"].ShouldBe(("thủ trưởng", "đôn đốc lần 2, 17/11"), "a wall names no person");
        told["SYT-M"].ShouldBe(("Trung tâm IOC", "đang theo dõi"));
        told["SYT-W"].ShouldBe(("thủ trưởng", "tự động, 16/11 08:00"));
        told["SGDDT-D"].ShouldBe(("đầu mối", "tự động, 18/11 07:00"));
        told["SNNPTNT-W"].ShouldBe(("chưa báo ai", "sẽ báo 19/11 08:30"));
        told["SNNPTNT-M"].ShouldBe(("chưa báo ai", ""));

        OverdueModel.Of(board, Boards.Time, Vi, Now).Rows.Select(r => (r.Id.Split('/')[0], r.State)).ShouldBe(
            [("SLDTBXH-M", "lần 2, 17/11"), ("SNNPTNT-M", "chưa nộp"), ("SYT-M", "đang theo dõi"), ("SNNPTNT-W", "chưa nộp"), ("SYT-W", "thủ trưởng")], ignoreOrder: true);
    }

    private static OpenReport Owed(string form, string period, int hour) =>
        Boards.Report(form, period) with { DueAt = new(Boards.Time.DayOf(Now).ToDateTime(new(hour, 0)), TimeSpan.FromHours(7)), OverdueSince = null, Punctuality = Punctuality.NotDue };

    private static BoardState Ranked(params ImmutableArray<AgencyDiscipline> agencies) =>
        Boards.Silent() with { Discipline = DisciplineBoards.Measured() with { Agencies = agencies } };
}
