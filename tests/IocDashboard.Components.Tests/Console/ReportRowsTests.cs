using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.Overdue;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class ReportRowsTests
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly BoardState Board = Boards.Floods();

    public ReportRowsTests() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Vietnamese, Vietnamese);

    private static ReportRows Rows(ReportTab tab, string search = "", BoardState? board = null, ReportChip chip = ReportChip.None, ReportReader? reader = null) =>
        ReportRows.Of(board ?? Board, tab, chip, search, reader ?? ReportReader.Nobody, Boards.Now, null, Boards.Time, Vietnamese);

    [Fact]
    public void Overdue_IsWorstFirst()
    {
        var rows = Rows(ReportTab.Overdue);

        rows.Rows.Length.ShouldBe(Board.Reports.Values.Count(r => r.Punctuality == Punctuality.Overdue));
        rows.Rows.Select(r => Board.Reports[r.Id].DueAt).ShouldBe(rows.Rows.Select(r => Board.Reports[r.Id].DueAt).Order());
        rows.Rows[0].State.ShouldBe(FigureState.Critical);
    }

    [Fact]
    public void Overdue_SaysWorkingDaysToo()
    {
        var report = Boards.Report("SYT-W", "2021-W45"); // due on Monday 15 November at 16:00
        var row = Rows(ReportTab.Overdue, board: Board with { Reports = Board.Reports.Clear().Add(report.Id, report) }).Rows.ShouldHaveSingleItem();

        row.Since.ShouldBe("2 ngày 22 giờ");
        row.WorkingDays.ShouldBe("3 ngày làm việc");
        row.Received.ShouldBe("chưa nhận");
    }

    [Fact]
    public void Late_ShowsWhatWasReceivedAfterItsDeadline()
    {
        var report = Boards.Report("SYT-W", "2021-W45", ReportState.Submitted) with { Punctuality = Punctuality.Late, Revision = 1 };
        report = report with { SubmittedAt = report.DueAt.AddHours(5) };
        var rows = Rows(ReportTab.Late, board: Board with { Reports = Board.Reports.SetItem(report.Id, report) });

        var row = rows.Rows.ShouldHaveSingleItem();
        row.Since.ShouldBe("trễ 5 giờ");
        rows.Late.ShouldBe(1);
    }

    [Theory]
    [InlineData(-2, FigureState.Warning, "quá hạn sửa 2 ngày")]
    [InlineData(3, FigureState.Normal, "còn 3 ngày để sửa")]
    [InlineData(null, FigureState.Normal, "không có hạn sửa")]
    public void Returned_IsJudgedByItsOwnClock(int? mendIn, FigureState state, string since)
    {
        var report = Boards.Report("SYT-W", "2021-W45", ReportState.Returned) with
        {
            Punctuality = Punctuality.OnTime, SubmittedAt = Boards.Now.AddDays(-4), MendBy = mendIn is { } days ? Boards.Now.AddDays(days) : null,
        };

        var rows = Rows(ReportTab.Returned, board: Only(report));

        var row = rows.Rows.ShouldHaveSingleItem();
        (row.State, row.Since, row.CanPursue, rows.Returned).ShouldBe((state, since, true, 1));
    }

    [Theory]
    [InlineData(-26, ReportTab.Overdue, FigureState.Warning, "1 ngày 2 giờ")]
    [InlineData(5, ReportTab.Soon, FigureState.Normal, "còn 5 giờ")]
    public void ChangedAtItsSource_IsOwedAgain_ByThatClock(int dueInHours, ReportTab tab, FigureState state, string since)
    {
        var due = Boards.Now.AddHours(dueInHours);
        var report = Boards.Report("SYT-W", "2021-W45", ReportState.Verified) with
        {
            DueAt = due, Punctuality = dueInHours < 0 ? Punctuality.Overdue : Punctuality.NotDue, SubmittedAt = Boards.Now.AddDays(-4),
            Update = new(new(2021, 11, 17, 1, 10, 0, TimeSpan.Zero), due),
        };

        var row = Rows(tab, board: Only(report)).Rows.ShouldHaveSingleItem();

        (row.State, row.Since, row.Received, row.CanPursue).ShouldBe((state, since, "nguồn đổi 17/11", true));
        new LetterDraft([report], AgencyRecipients.None, isOffice: false, Boards.Now.AddDays(1), new LetterWords(Board.Catalogue, Boards.Time, Boards.Now).Of).Text
            .ShouldContain("đã thay đổi tại nguồn của quý cơ quan từ 08 giờ 10 phút ngày 17/11/2021 nhưng chưa được gửi lại");
    }

    [Fact]
    public void Search_WithoutDiacritics_FindsTheAgency() =>
        Rows(ReportTab.All, "so y te").Rows.ShouldAllBe(r => r.Id.StartsWith("SYT-"));

    [Fact]
    public void Link_LeadsToTheReport() => Rows(ReportTab.Overdue, "syt-w").Rows[0].Href.ShouldBe("/console/reports/SYT-W/SYT/2021-W45");

    [Fact]
    public void Ladder_ShowsWhoWasToldAndUrged_AndWhatComesNext()
    {
        var report = Pursued(new(Steps, new([Letter]), null));

        var nodes = Rows(ReportTab.Overdue, board: Only(report), reader: ReportReader.Nobody with { Letters = AgencyScope.All }).Rows.Single().Ladder;

        nodes.Select(n => (n.Style, n.Who, n.Mark)).ShouldBe(
        [
            ("done", "đầu mối", NodeMark.Seen), ("done", "người lập +1", NodeMark.Sent), ("done urged", "hẹn 19/11", NodeMark.Answered), ("next", "VP UBND", NodeMark.None),
        ]);
        nodes[1].Title.ShouldContain("người lập, thủ trưởng");
        nodes[2].Title.ShouldContain("Lê Văn Quang");
        var others = Rows(ReportTab.Overdue, board: Only(report)).Rows.Single().Ladder[2];
        (others.Who, others.Title.Contains("Quang", StringComparison.Ordinal)).ShouldBe(("đôn đốc lần 1", false), "whom a letter went to and what was answered is between the centre and the agency");
    }

    [Fact]
    public void Ladder_OfAnAgencyThatNamedNobody_SaysSo()
    {
        var report = Pursued(new(new([Steps[0] with { SeenAt = null }]), new([]), null));

        var row = Rows(ReportTab.Overdue, board: Only(report), reader: new(new HashSet<string> { "SYT" }, "hanh", AgencyScope.All)).Rows.Single();

        row.Ladder.Single().Mark.ShouldBe(NodeMark.NobodyNamed);
    }

    [Fact]
    public void Chips_CountAndFilter_WhatIsToBeDone()
    {
        var mine = Pursued(new(Steps, new([]), "Hanh"));
        var reader = new ReportReader(new HashSet<string> { "SYT" }, "hanh", AgencyScope.All);

        var rows = Rows(ReportTab.Overdue, board: Only(mine), reader: reader);

        rows.Chips.ShouldBe([(ReportChip.StepToday, 0), (ReportChip.NobodyNamed, 1), (ReportChip.Mine, 1)], "while somebody follows it no step comes of itself");
        rows.Rows.Single().Followed.ShouldBe("Hanh");
        Rows(ReportTab.Overdue, board: Only(mine), chip: ReportChip.Mine, reader: reader with { Me = "duc" }).Rows.ShouldBeEmpty();
        Rows(ReportTab.Overdue, board: Only(Pursued(new(Steps, new([]), null))), chip: ReportChip.StepToday).Rows.ShouldHaveSingleItem();
    }

    private static readonly ValueList<LadderMark> Steps = new(
    [
        new("remind", Boards.Now.AddDays(-4), new([Audience.FocalPoint]), StepOutcome.Told, Boards.Now.AddDays(-3)),
        new("due", Boards.Now.AddDays(-3), new([Audience.Reporters, Audience.Head]), StepOutcome.Told, null),
        new("centre", Boards.Now.AddDays(-2), new([Audience.Centre]), StepOutcome.Superseded, null),
        new("office", Boards.Now.AddHours(1), new([Audience.Office]), null, null),
    ]);

    private static readonly UrgingMark Letter = new(
        Guid.Empty, 1, UrgingLevel.Head, Boards.Now.AddDays(-1), "Lê Văn Quang", Boards.Now.AddDays(1), Boards.Now.AddHours(-20), Boards.Now.AddHours(-19), new DateOnly(2021, 11, 19));

    private static OpenReport Pursued(Pursuit pursuit) => Boards.Report("SYT-W", "2021-W45") with { Pursuit = pursuit };

    private static BoardState Only(OpenReport report) => Board with { Reports = Board.Reports.Clear().Add(report.Id, report) };
}
