using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.Reports;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class ReportRowsTests
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly BoardState Board = Boards.Floods();

    public ReportRowsTests() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Vietnamese, Vietnamese);

    private static ReportRows Rows(ReportTab tab, string search = "", BoardState? board = null) =>
        ReportRows.Of(board ?? Board, tab, search, Boards.Now, null, Boards.Time, Vietnamese);

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
        row.Status.ShouldBe("Quá hạn");
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

    [Fact]
    public void Search_WithoutDiacritics_FindsTheAgency() =>
        Rows(ReportTab.All, "so y te").Rows.ShouldAllBe(r => r.Id.StartsWith("SYT-"));

    [Fact]
    public void Link_LeadsToTheReport() => Rows(ReportTab.Overdue, "syt-w").Rows[0].Href.ShouldBe("/console/reports/SYT-W/SYT/2021-W45");
}
