using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class ObligationTests
{
    [Theory]
    [InlineData(ReportState.Open, -8, ObligationState.Upcoming)]
    [InlineData(ReportState.Open, -7, ObligationState.Open)]
    [InlineData(ReportState.Open, -1, ObligationState.DueSoon)]
    [InlineData(ReportState.Open, 0, ObligationState.Overdue)]
    [InlineData(ReportState.Open, 59, ObligationState.Overdue)]
    [InlineData(ReportState.Open, 60, ObligationState.Locked)]
    [InlineData(ReportState.Draft, -3, ObligationState.Draft)]
    [InlineData(ReportState.Draft, -1, ObligationState.DueSoon)]
    [InlineData(ReportState.Draft, 1, ObligationState.Overdue)]
    [InlineData(ReportState.Submitted, -3, ObligationState.Submitted)]
    [InlineData(ReportState.Submitted, 3, ObligationState.Submitted)]
    [InlineData(ReportState.Returned, 3, ObligationState.Returned)]
    [InlineData(ReportState.Verified, 3, ObligationState.Verified)]
    [InlineData(ReportState.Verified, 60, ObligationState.Locked)]
    [InlineData(ReportState.Locked, 3, ObligationState.Locked)]
    public void State_AtADayFromTheDeadline_IsTheMostPressing(ReportState state, int days, ObligationState expected)
    {
        var submittedAt = state is ReportState.Open or ReportState.Draft ? default(DateTimeOffset?) : Sample.BeforeDue;

        Obligation.StateAt(
                state, Rhythm.Weekly, Sample.DueAt.AddDays(-7), Sample.DueAt, Sample.DueAt.AddDays(60), submittedAt, excusedAt: null, Sample.DueAt.AddDays(days))
            .ShouldBe(expected);
    }

    [Fact]
    public void State_WithoutALock_StaysOverdue() =>
        Obligation.StateAt(ReportState.Open, Rhythm.Weekly, Sample.OpensAt, Sample.DueAt, null, null, null, Sample.DueAt.AddYears(3))
            .ShouldBe(ObligationState.Overdue);

    [Theory]
    [InlineData(ReportState.Open, -3)]
    [InlineData(ReportState.Draft, 3)]
    [InlineData(ReportState.Locked, 90)]
    public void State_OfAnExcusedReport_IsExcused_UntilItArrivesAllTheSame(ReportState state, int days)
    {
        var excused = Sample.DueAt.AddDays(-4);

        Obligation.StateAt(state, Rhythm.Weekly, Sample.OpensAt, Sample.DueAt, Sample.DueAt.AddDays(60), null, excused, Sample.DueAt.AddDays(days)).ShouldBe(ObligationState.Excused);
        Obligation.StateAt(ReportState.Submitted, Rhythm.Weekly, Sample.OpensAt, Sample.DueAt, null, Sample.BeforeDue, excused, Sample.DueAt.AddDays(days)).ShouldBe(ObligationState.Submitted);
    }
}
