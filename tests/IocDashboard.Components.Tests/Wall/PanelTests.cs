using System.Collections.Immutable;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Maps;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using IocDashboard.Web.Surfaces.Wall.Panels;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Wall;

public sealed class PanelTests
{
    private static readonly System.Globalization.CultureInfo Vi = DisplayCulture.Vietnamese, En = DisplayCulture.English;
    private static readonly DateTimeOffset Now = Boards.Now;

    private static OverdueModel Overdue(BoardState board, System.Globalization.CultureInfo? culture = null) =>
        OverdueModel.Of(board, Boards.Time, culture ?? Vi, Now);

    private static AlarmsModel Alarms(BoardState board) =>
        AlarmsModel.Of(Representative.All(board, Now).Values, Boards.Time, Vi, Now);

    [Fact]
    public void Overdue_ListsTheWorstFirstAndCountsTheRest()
    {
        var model = Overdue(Boards.Floods());
        model.Count.ShouldBe("5 trong 6 biểu");
        model.Rows.Count.ShouldBe(5);
        var first = model.Rows[0];
        (first.Agency, first.What, first.Due, first.State).ShouldBe(("Sở LĐ-TB&XH", "Trợ cấp thất nghiệp, thg 10", "hạn 05/11", "chưa nộp"));
        first.Age.Text.ShouldBe("12 ngày 21 giờ");
        model.Rows.Select(r => r.Bar).ShouldBe(["100%", "100%", "100%", "74%", "74%"]);
        Overdue(Boards.Floods(), En).Rows[3].Age.Text.ShouldBe("2 days 22 h");
    }

    [Fact]
    public void Overdue_OfADraft_SaysThatSomethingCame() =>
        Overdue(Boards.Floods()).Rows.Single(r => r.Id.StartsWith("SNNPTNT-W", StringComparison.Ordinal)).State.ShouldBe("mới có bản nháp");

    [Fact]
    public void Overdue_LeavesOutWhatWasSubmittedReturnedOrIsNotYetDue()
    {
        var report = Boards.Report("SYT-W", "2021-W45");
        BoardState Board(params OpenReport[] reports) => Boards.Silent() with { Reports = reports.ToImmutableDictionary(r => r.Id) };
        Overdue(Board(report with { State = ReportState.Submitted, SubmittedAt = Now })).Rows.ShouldBeEmpty();
        Overdue(Board(report with { State = ReportState.Returned, SubmittedAt = Now })).Rows.ShouldBeEmpty();
        var ahead = Overdue(Board(Boards.Report("SYT-W", "2021-W47")));
        (ahead.None, ahead.Count).ShouldBe(("Không có báo cáo quá hạn", null));
        ahead.Next.ShouldBe("Kế tiếp: Sở Y tế, tuần 47/2021, hạn 29/11 16:00");
    }

    [Fact]
    public void Overdue_OfWhatChangedAtItsSource_SaysSo()
    {
        var report = Boards.Report("SYT-W", "2021-W47") with { State = ReportState.Submitted, SubmittedAt = Now.AddDays(-2), DueAt = Now.AddHours(-3), Update = new(Now.AddDays(-1), Now.AddHours(-3)) };
        var board = Boards.Floods() with { Reports = Boards.Floods().Reports.Clear().Add(report.Id, report) };
        Overdue(board).Rows.ShouldHaveSingleItem().State.ShouldBe("nguồn đã đổi");
        Overdue(board, En).Rows.ShouldHaveSingleItem().State.ShouldBe("source changed");
    }

    [Fact]
    public void Overdue_OneMinuteLater_IsEqual()
    {
        var board = Boards.Floods();
        OverdueModel.Of(board, Boards.Time, Vi, Now.AddMinutes(1)).ShouldBe(Overdue(board));
    }

    [Fact]
    public void Feeds_PutRiversNearestToAlarmAndSilentSourcesFirst()
    {
        var model = FeedsModel.Of(Boards.Floods(), Boards.Time, Vi, Now);
        model.Rivers.Select(r => (r.Name, r.Status, r.Value)).ShouldBe(
            [("Ái Nghĩa", "critical", "8,42"), ("Câu Lâu", "warning", "2,64"), ("Giao Thủy", "warning", "7,18"), ("Hội An", "warning", "1,22")]);
        model.Sources.Take(2).Select(s => (s.Name, s.Status, s.Age!.Text)).ShouldBe([("BQL KKTM Chu Lai", "lost", "4 giờ"), ("TĐ Sông Bung", "late", "trễ 1 giờ")]);
        model.SourcesMeta.ShouldBe("17/19");
    }

    [Fact]
    public void River_OfAnOlderMeasurement_HasItsOwnAge()
    {
        var floods = Boards.Floods();
        var gauge = floods.Find("TT07", "RIV-CAULAU")!;
        var model = FeedsModel.Of(floods with { Figures = floods.Figures.SetItem(gauge.SeriesId, gauge with { TimeKey = Now.AddMinutes(-47) }) }, Boards.Time, Vi, Now);

        model.Rivers.Select(r => r.Age!.Text).ShouldBe(["5 phút", "47 phút", "5 phút", "5 phút"]);
    }

    [Fact]
    public void River_OnEveryTrack_HasItsAlarmsAtTheSamePlaces()
    {
        var floods = Boards.Floods();
        var gauge = floods.Find("TT07", "RIV-CAULAU")!; // alarms 2, 3, 4 m
        string Bar(decimal value) => RiverRow.Of(
            floods with { Figures = floods.Figures.SetItem(gauge.SeriesId, gauge with { Value = value, Severity = Severity.Extreme }) }, 1, Vi, Now)[0].Bar;
        Bar(2).ShouldBe("52.0");
        Bar(3).ShouldBe("72.0");
        Bar(4).ShouldBe("92.0");
        Bar(9).ShouldBe("100.0");
    }

    [Fact]
    public void Feed_PastItsOwnInstants_TurnsWithoutAnyEvent()
    {
        var floods = Boards.Floods();
        var feed = floods.Feeds["PCQN-RT"] with { State = FeedState.Live };
        FeedsModel.Of(floods with { Feeds = floods.Feeds.Clear().Add("PCQN-RT", feed) }, Boards.Time, Vi, feed.LateAt!).Sources[0].Status.ShouldBe("late");
        FeedsModel.Of(floods with { Feeds = floods.Feeds.Clear().Add("PCQN-RT", feed) }, Boards.Time, Vi, feed.LostAt!).Sources[0].Status.ShouldBe("lost");
    }

    [Theory]
    [InlineData(PauseKind.Maintenance, 3, "bảo trì", "maintenance")]
    [InlineData(PauseKind.Pause, 27, "tạm dừng", "paused")]
    public void Source_SilentOnPurpose_SaysSoAndIsNeitherLateNorLost(PauseKind kind, int hours, string vi, string en)
    {
        var floods = Boards.Floods();
        var until = Now.AddHours(hours);
        var feed = floods.Feeds["PCQN-RT"] with { State = FeedState.Lost, Pauses = new([new(Now.AddHours(-1), until, kind, "Nâng cấp", "minh", Now.AddHours(-2), false)]) };
        var board = floods with { Feeds = floods.Feeds.Clear().Add("PCQN-RT", feed) };

        foreach (var (culture, word) in new[] { (Vi, vi), (En, en) })
        {
            var model = FeedsModel.Of(board, Boards.Time, culture, Now);
            (model.Sources[0].Status, model.Sources[0].Age).ShouldBe(("paused", null));
            model.Sources[0].Word.ShouldNotBeNull().ShouldStartWith(word);
            model.SourcesMeta.ShouldBe("0/1");
        }

        FeedsModel.Of(board, Boards.Time, Vi, until).Sources[0].Status.ShouldBe("lost", "it was lost before");
    }

    [Fact]
    public void Alarms_AreWorstFirstAndDateFromWhenTheStreamLeftItsLimits()
    {
        var model = Alarms(Boards.Floods());
        var first = model.Entries[0];
        (first.Status, first.Text).ShouldBe(("critical", "Ái Nghĩa 8,42 m, trên báo động II"));
        first.Age.Text.ShouldBe("từ 08:00, 6 giờ 5 phút");
        model.Entries.Count.ShouldBe(6);
        model.More.ShouldBe("+7");
    }

    [Fact]
    public void Alarms_DoNotComeFromWhatIsLostOrMissing()
    {
        var floods = Boards.Floods();
        var river = floods.Find("TT03", "RIV-AINGHIA")!;
        var lost = floods with { Figures = floods.Figures.SetItem(river.SeriesId, river with { GoneAt = Now }) };
        Alarms(lost).Entries.ShouldNotContain(e => e.Code == "TT03");
    }

    [Fact]
    public void Alarms_WithoutAny_CountWhatCouldBeJudged()
    {
        Alarms(Boards.Silent()).None.ShouldBe("Không có chỉ số nào vượt ngưỡng trong 0 chỉ số có số liệu, 122 chỉ số tất cả");
        var calm = Boards.Floods();
        calm = calm with { Figures = calm.Figures.ToImmutableDictionary(f => f.Key, f => f.Value with { Severity = Severity.Normal }) };
        Alarms(calm).Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Alarms_OfEveryIndicator_FitTheirEntry(string lang)
    {
        foreach (var figure in Boards.Floods().Figures.Values.Select(f => f with { Severity = Severity.Critical, GoneAt = null, NextDueAt = null }))
        {
            var model = AlarmsModel.Of([new Representative(figure, figure.Area.Code != "QNM")], Boards.Time, DisplayCulture.Of(lang), Now);
            TextWidth.OfText(model.Entries[0].Text, 22).ShouldBeLessThanOrEqualTo(445, model.Entries[0].Text);
        }
    }

    [Fact]
    public void Map_ColoursByThresholdAndKeepsTwoNeutralSteps()
    {
        var map = DistrictMapModel.Of(Boards.Floods(), "HC01", Boards.Time, Vi, Now);
        string Status(string code) => map.Hexagons.Single(h => h.Code == code).Status;
        (Status("HAN"), Status("NGG"), Status("NTM"), Status("PSN")).ShouldBe(("n0", "n1", "warning", "critical"));
        map.Neutral.Select(l => l.Text).ShouldBe(["từ 98", "95–98"]);
        map.Abnormal.Select(l => l.Text).ShouldBe(["dưới 95", "dưới 90", "chưa có"]);
        map.Title.ShouldBe("Hồ sơ đúng hạn, theo huyện");
    }

    [Fact]
    public void Map_WithoutFigures_ShowsDashesAndNoNormal()
    {
        var map = DistrictMapModel.Of(Boards.Silent(), "HC01", Boards.Time, En, Now);
        map.Hexagons.ShouldAllBe(h => h.Status == "missing" && h.Value == "—");
    }

    [Fact]
    public void Counts_NameOnlyStatesThatOccur()
    {
        var model = StatusCountsModel.From([new("critical", "official", "late"), new("extreme", "official", "fresh"), new("unknown", "lost", "fresh")], Vi);
        model.Counts.Select(c => (c.Kind, c.Number)).ShouldBe([("critical", "2"), ("late", "1"), ("lost", "1")]);
    }

    [Fact]
    public void Counts_SayOfWhatTheyAre()
    {
        var model = StatusCountsModel.From([new("critical", "official", "late"), new("normal", "official", "fresh")], Vi);
        (model.Total, model.Of).ShouldBe(("2", "chỉ số"));
        StatusCountsModel.From([new("critical", "official", "late")], En).Of.ShouldBe("indicators");
    }

    [Fact]
    public void Date_CarriesTheDaysAhead()
    {
        var date = DateModel.Of(Now, Boards.Time, Vi);
        (date.Solar, date.Lunar).ShouldBe(("Thứ Năm, 18/11/2021", "14 tháng Mười, Tân Sửu"));
        date.Days.ShouldContain("\"2021-12-02\"");
    }
}
