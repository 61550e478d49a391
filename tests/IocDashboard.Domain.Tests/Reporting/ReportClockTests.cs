using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

/// <summary>What the clock alone does to a report: it falls overdue, and it locks.</summary>
public class ReportClockTests
{
    [Fact]
    public void Report_AtItsDeadlineWithNothingReceived_FallsOverdueAtTheDeadline()
    {
        var decision = ReportDecider.FallOverdue(Sample.OpenReport, Sample.AfterDue);

        decision.Events.ShouldBe([new ReportFellOverdue(Sample.DueAt, Sample.AfterDue)]);
        decision.Report.OverdueSince.ShouldBe(Sample.DueAt);
        decision.Report.Punctuality.ShouldBe(Punctuality.Overdue);
        ReportDecider.FallOverdue(decision.Report, Sample.AfterDue.AddDays(1)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Report_BeforeItsDeadline_DoesNotFallOverdue() =>
        ReportDecider.FallOverdue(Sample.OpenReport, Sample.DueAt.AddTicks(-1)).Events.ShouldBeEmpty();

    [Fact]
    public void Report_OnceSubmitted_NeverFallsOverdue() =>
        ReportDecider.FallOverdue(Sample.SubmittedReport, Sample.AfterDue).Events.ShouldBeEmpty();

    [Fact]
    public void Report_OnceReturned_DoesNotFallOverdue() =>
        ReportDecider.FallOverdue(Sample.SubmittedReport with { State = ReportState.Returned }, Sample.AfterDue).Events.ShouldBeEmpty();

    [Fact]
    public void Report_AtItsLock_LocksAtThatInstant()
    {
        var decision = ReportDecider.Lock(Sample.SubmittedReport, Sample.LockAt.AddDays(2));

        decision.Events.ShouldBe([new ReportLocked(Sample.LockAt)]);
        decision.Report.State.ShouldBe(ReportState.Locked);
        ReportDecider.Lock(decision.Report, Sample.LockAt.AddDays(3)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Report_NeverReportedAndNeverSwept_IsRecordedOverdueBeforeItLocks() =>
        ReportDecider.Lock(Sample.OpenReport, Sample.LockAt).Events
            .ShouldBe([new ReportFellOverdue(Sample.DueAt, Sample.LockAt), new ReportLocked(Sample.LockAt)]);

    [Fact]
    public void Report_BeforeItsLock_DoesNotLock() =>
        ReportDecider.Lock(Sample.OpenReport, Sample.LockAt.AddTicks(-1)).Events.ShouldBeEmpty();

    [Fact]
    public void Report_WithoutALock_NeverLocks() =>
        ReportDecider.Lock(Sample.OpenReport with { LockAt = null }, Sample.LockAt.AddYears(9)).Events.ShouldBeEmpty();

    [Fact]
    public void Report_OnceLocked_DoesNotFallOverdue() =>
        ReportDecider.FallOverdue(Sample.OpenReport with { State = ReportState.Locked }, Sample.LockAt).Events.ShouldBeEmpty();
}
