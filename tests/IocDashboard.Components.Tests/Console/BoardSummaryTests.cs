using System.Collections.Immutable;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Feeds;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.View;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class BoardSummaryTests
{
    private static readonly BoardState Board = Boards.Floods();

    [Fact]
    public void Of_TheFloods_HasSixteenFieldsInTheRegistersOrder()
    {
        var summary = BoardSummary.Of(Board, Boards.Now);

        summary.Fields.Count.ShouldBe(16);
        summary.Fields[0].Code.ShouldBe("KT");
        summary.Fields[15].Code.ShouldBe("VH");
        summary.Fields.Sum(f => f.Expected).ShouldBe(Board.Catalogue.IndicatorList.Length);
    }

    [Fact]
    public void Of_OnTime_NeverExceedsExpected() =>
        BoardSummary.Of(Board, Boards.Now).Fields.ShouldAllBe(f => f.OnTime >= 0 && f.OnTime <= f.Expected);

    [Fact]
    public void Of_OneMoreCritical_CountsItInItsField()
    {
        var figure = Board.Find("KT01", "QNM")!;
        var before = BoardSummary.Of(Board, Boards.Now);

        var after = BoardSummary.Of(Board with { Figures = Board.Figures.SetItem(figure.SeriesId, figure with { Severity = Severity.Critical }) }, Boards.Now);

        after.Critical.ShouldBe(before.Critical + 1);
        after.Fields[0].Critical.ShouldBe(before.Fields[0].Critical + 1);
    }

    [Fact]
    public void Of_Overdue_CountsThoseOverAWeekApart()
    {
        var summary = BoardSummary.Of(Board, Boards.Now);

        summary.Overdue.ShouldBe(Board.Reports.Values.Count(r => r.IsOverdue));
        summary.OverdueLong.ShouldBe(Board.Reports.Values.Count(r => r.IsOverdue && Boards.Now - r.DueAt > TimeSpan.FromDays(7)));
    }

    [Fact]
    public void Of_FeedsThatNeverSent_AreNeitherLiveNorDisconnected()
    {
        var never = Board.Feeds.Values.ToImmutableDictionary(f => f.Feed.Code, f => f with { State = FeedState.Live, LastAt = null, LastReceivedAt = null });

        var summary = BoardSummary.Of(Board with { Feeds = never }, Boards.Now);

        (summary.FeedsLive, summary.FeedsLate, summary.FeedsLost, summary.FeedsNever, summary.Feeds).ShouldBe((0, 0, 0, never.Count, never.Count));
    }

    [Fact]
    public void Of_FeedsSilentOnPurpose_AreNeitherLateNorLost()
    {
        var window = new FeedPause(Boards.Now.AddHours(-1), Boards.Now.AddHours(1), PauseKind.Maintenance, "Nâng cấp", "minh", Boards.Now.AddHours(-1), false);
        var paused = Board.Feeds.Values.ToImmutableDictionary(f => f.Feed.Code, f => f with { Pauses = new([window]) });

        var summary = BoardSummary.Of(Board with { Feeds = paused }, Boards.Now);

        (summary.FeedsLive, summary.FeedsLate, summary.FeedsLost, summary.FeedsNever, summary.FeedsPaused, summary.Feeds).ShouldBe((0, 0, 0, 0, paused.Count, paused.Count));
        BoardSummary.Of(Board with { Feeds = paused }, Boards.Now.AddHours(1)).FeedsPaused.ShouldBe(0);
    }

    [Fact]
    public void Of_FeedsPastTheirRules_CountsThemAsTheWallDoes()
    {
        var summary = BoardSummary.Of(Board, Boards.Now);

        summary.FeedsLive.ShouldBe(17);
        (summary.FeedsLate, summary.FeedsLost, summary.FeedsNever).ShouldBe((1, 1, 0));
    }

    [Fact]
    public void Of_AFieldWithoutAnyFigure_IsUnknownAndNotCalm()
    {
        var fields = BoardSummary.Of(Boards.Silent(), Boards.Now).Fields;

        fields.ShouldAllBe(f => f.IsUnknown && !f.IsCalm);
        BoardSummary.Of(Board, Boards.Now).Fields.ShouldAllBe(f => !f.IsUnknown);
    }

    [Fact]
    public void Of_TheSameBoard_ComparesEqual() => BoardSummary.Of(Board, Boards.Now).ShouldBe(BoardSummary.Of(Board, Boards.Now));

    [Fact]
    public void At_WithinOneSecond_WorksItOutOnce()
    {
        var summaries = new BoardSummaries();

        var first = summaries.At(Board, Boards.Now);

        summaries.At(Board with { Version = 2 }, Boards.Now.AddMilliseconds(300)).ShouldBeSameAs(first);
        summaries.At(Board with { Version = 3 }, Boards.Now.AddSeconds(1)).ShouldNotBeSameAs(first);
    }
}
