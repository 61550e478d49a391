using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class VerifyReportTests
{
    private static readonly VerifyReport Command = new(1, "IOC", Sample.AfterDue);

    [Fact]
    public void Verify_Submitted_IsVerified()
    {
        var decision = ReportDecider.Verify(Sample.SubmittedReport, Command);

        decision.Events.ShouldBe([new ReportVerified(1, "IOC", Sample.AfterDue)]);
        decision.Report.State.ShouldBe(ReportState.Verified);
    }

    [Fact]
    public void Verify_Unsubmitted_IsRefused() =>
        ReportDecider.Verify(Sample.OpenReport, Command).Errors.Single().Code.ShouldBe(JudgementCodes.NotSubmitted);

    [Fact]
    public void Verify_Twice_IsRefused() =>
        ReportDecider.Verify(Sample.VerifiedReport, Command).Errors.Single().Code.ShouldBe(JudgementCodes.NotSubmitted);

    [Fact]
    public void Verify_WhatWasRevisedMeanwhile_IsRefused() =>
        ReportDecider.Verify(Sample.SubmittedReport with { SubmittedRevision = 2 }, Command).Errors
            .ShouldHaveSingleItem().Arguments.ShouldBe(["1", "2"]);

    [Fact]
    public void Verify_WhatADraftFollowed_IsVerified()
    {
        var drafted = ReportDecider.Decide(Sample.SubmittedReport, Sample.Submit(complete: false), Sample.Accepted).Report;

        ReportDecider.Verify(drafted, Command).Events.ShouldBe([new ReportVerified(1, "IOC", Sample.AfterDue)]);
    }

    [Fact]
    public void Verify_Locked_IsRefused()
    {
        ReportDecider.Verify(Sample.LockedReport, Command).Errors.Single().Code.ShouldBe(JudgementCodes.PeriodLocked);
        ReportDecider.Verify(Sample.SubmittedReport, Command with { At = Sample.LockAt }).Errors.Single().Code
            .ShouldBe(JudgementCodes.PeriodLocked);
    }
}
