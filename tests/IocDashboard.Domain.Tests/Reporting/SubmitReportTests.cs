using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class SubmitReportTests
{
    [Fact]
    public void Submit_CompleteInTime_SettlesOnTime()
    {
        var decision = ReportDecider.Decide(Sample.OpenReport, Sample.Submit(at: Sample.DueAt), Sample.Accepted);

        decision.Accepted.ShouldBeTrue();
        decision.Events.Length.ShouldBe(1);
        decision.Submitted.ShouldBe(new ReportSubmitted(
            Guid.Empty, "m-1", 1, true, Sample.Accepted.Values, Punctuality.OnTime, "SYT", "api", Sample.DueAt));
        decision.Report.State.ShouldBe(ReportState.Submitted);
        decision.Report.SubmittedAt.ShouldBe(Sample.DueAt);
        decision.Report.Punctuality.ShouldBe(Punctuality.OnTime);
        decision.Report.OverdueSince.ShouldBeNull();
    }

    [Fact]
    public void Submit_CompleteTooLate_RecordsTheOverdueThatNoSweepFound()
    {
        var decision = ReportDecider.Decide(Sample.OpenReport, Sample.Submit(at: Sample.AfterDue), Sample.Accepted);

        decision.Events[0].ShouldBe(new ReportFellOverdue(Sample.DueAt, Sample.AfterDue));
        decision.Submitted!.Punctuality.ShouldBe(Punctuality.Late);
        decision.Report.Punctuality.ShouldBe(Punctuality.Late);
        decision.Report.OverdueSince.ShouldBe(Sample.DueAt);
    }

    [Fact]
    public void Submit_AfterTheSweep_RecordsOverdueNoSecondTime()
    {
        var overdue = ReportDecider.FallOverdue(Sample.OpenReport, Sample.DueAt).Report;

        var decision = ReportDecider.Decide(overdue, Sample.Submit(at: Sample.AfterDue), Sample.Accepted);

        decision.Events.Length.ShouldBe(1);
        decision.Report.Punctuality.ShouldBe(Punctuality.Late);
        decision.Report.OverdueSince.ShouldBe(Sample.DueAt);
    }

    [Fact]
    public void Submit_ReceivedInTimeButOvertakenByTheSweep_IsOnTime()
    {
        var overdue = ReportDecider.FallOverdue(Sample.OpenReport, Sample.DueAt).Report;

        var report = ReportDecider.Decide(overdue, Sample.Submit(at: Sample.BeforeDue), Sample.Accepted).Report;

        report.Punctuality.ShouldBe(Punctuality.OnTime);
        report.OverdueSince.ShouldBeNull();
    }

    [Fact]
    public void Submit_Draft_SettlesNothing()
    {
        var decision = ReportDecider.Decide(Sample.OpenReport, Sample.Submit(complete: false), Sample.Accepted);

        decision.Submitted!.Punctuality.ShouldBe(Punctuality.NotDue);
        decision.Report.State.ShouldBe(ReportState.Draft);
        decision.Report.SubmittedAt.ShouldBeNull();
        decision.Report.Revision.ShouldBe(1);
        ReportDecider.FallOverdue(decision.Report, Sample.DueAt).Events.ShouldBe([new ReportFellOverdue(Sample.DueAt, Sample.DueAt)]);
    }

    [Fact]
    public void Submit_DraftTooLate_StaysOverdue()
    {
        var report = ReportDecider.Decide(Sample.OpenReport, Sample.Submit(complete: false, at: Sample.AfterDue), Sample.Accepted).Report;

        (report.State, report.Punctuality, report.OverdueSince, report.SubmittedAt)
            .ShouldBe((ReportState.Draft, Punctuality.Overdue, Sample.DueAt, null));
    }

    [Fact]
    public void Submit_DraftAfterVerification_LeavesItVerified()
    {
        var report = ReportDecider.Decide(Sample.VerifiedReport, Sample.Submit(complete: false, at: Sample.AfterDue), Sample.Accepted).Report;

        (report.State, report.Revision, report.SubmittedRevision, report.Punctuality)
            .ShouldBe((ReportState.Verified, 2, 1, Punctuality.OnTime));
    }

    [Fact]
    public void Submit_CompleteAfterADraft_IsTheNextRevision()
    {
        var draft = ReportDecider.Decide(Sample.OpenReport, Sample.Submit(complete: false), Sample.Accepted).Report;

        var decision = ReportDecider.Decide(draft, Sample.Submit(), Sample.Accepted);

        decision.Submitted!.Revision.ShouldBe(2);
        decision.Report.State.ShouldBe(ReportState.Submitted);
        decision.Report.Punctuality.ShouldBe(Punctuality.OnTime);
    }

    [Fact]
    public void Submit_RevisionAfterTheDeadline_KeepsThePunctualityOfTheFirst()
    {
        var decision = ReportDecider.Decide(Sample.SubmittedReport, Sample.Submit(at: Sample.AfterDue), Sample.Accepted);

        decision.Events.Length.ShouldBe(1);
        (decision.Report.Revision, decision.Report.Punctuality, decision.Report.SubmittedAt)
            .ShouldBe((2, Punctuality.OnTime, Sample.BeforeDue));
    }

    [Fact]
    public void Submit_AfterVerification_ReopensIt() =>
        ReportDecider.Decide(Sample.VerifiedReport, Sample.Submit(at: Sample.AfterDue), Sample.Accepted)
            .Report.State.ShouldBe(ReportState.Submitted);

    [Fact]
    public void Submit_AfterReturn_IsBeforeTheVerifierAgain()
    {
        var returned = Sample.SubmittedReport with { State = ReportState.Returned };

        ReportDecider.Decide(returned, Sample.Submit(), Sample.Accepted).Report.State.ShouldBe(ReportState.Submitted);
        ReportDecider.Decide(returned, Sample.Submit(complete: false), Sample.Accepted).Report.State.ShouldBe(ReportState.Returned);
    }

    [Fact]
    public void Submit_BeforeThePeriodStarts_IsAFuturePeriod() =>
        Refusal(Sample.OpenReport, Sample.OpensAt.AddTicks(-1)).ShouldBe(JudgementCodes.FuturePeriod);

    [Fact]
    public void Submit_InThePeriodButBeforeTheFormOpens_IsNotOpen() =>
        Refusal(Sample.OpenReport with { OpensAt = Sample.DueAt.AddDays(-1) }, Sample.OpensAt).ShouldBe(JudgementCodes.PeriodNotOpen);

    [Fact]
    public void Submit_BeforeTheMonthButAfterItsCut_IsAccepted() =>
        ReportDecider.Decide(Sample.OpenReport with { StartsAt = Sample.BeforeDue.AddDays(1) }, Sample.Submit(), Sample.Accepted)
            .Accepted.ShouldBeTrue();

    [Fact]
    public void Submit_AtTheLock_IsRefused()
    {
        Refusal(Sample.OpenReport, Sample.LockAt).ShouldBe(JudgementCodes.PeriodLocked);
        ReportDecider.Decide(Sample.OpenReport, Sample.Submit(at: Sample.LockAt.AddTicks(-1)), Sample.Accepted).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Submit_ToALockedReport_IsRefusedAtAnyTime() =>
        Refusal(Sample.LockedReport, Sample.BeforeDue).ShouldBe(JudgementCodes.PeriodLocked);

    [Fact]
    public void Submit_JudgedBad_IsRefusedWithEveryReason()
    {
        var error = JudgementError.At("/values/0/value", JudgementCodes.OutOfRange);

        var decision = ReportDecider.Decide(Sample.LockedReport, Sample.Submit(), Sample.Accepted with { Errors = [error] });

        decision.Events.ShouldBeEmpty();
        decision.Report.ShouldBe(Sample.LockedReport);
        decision.Errors.Select(e => e.Code).ShouldBe([JudgementCodes.PeriodLocked, JudgementCodes.OutOfRange]);
    }

    [Fact]
    public void Submit_WithALocalOffset_IsRecordedInUtc() =>
        ReportDecider.Decide(Sample.OpenReport, Sample.Submit(at: Sample.BeforeDue.ToOffset(TimeSpan.FromHours(7))), Sample.Accepted)
            .Submitted!.ReceivedAt.Offset.ShouldBe(TimeSpan.Zero);

    private static string Refusal(Report report, DateTimeOffset at)
    {
        var decision = ReportDecider.Decide(report, Sample.Submit(at: at), Sample.Accepted);
        decision.Events.ShouldBeEmpty();
        decision.Report.ShouldBe(report);
        decision.Errors.Length.ShouldBe(1);
        decision.Errors[0].Pointer.ShouldBe("/period");
        return decision.Errors[0].Code;
    }
}
