using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class FourEyesTests
{
    private static readonly VerifyReport First = new(1, "hanh", Sample.AfterDue);

    [Theory]
    [InlineData("SYT")]
    [InlineData("syt")]
    public void Verify_OwnSubmission_IsRefused(string by) =>
        ReportDecider.Verify(Sample.SubmittedReport, First with { By = by }).Errors.Single().Code.ShouldBe(ReviewCodes.OwnSubmission);

    [Fact]
    public void Verify_WhatOneselfPrepared_IsRefused() =>
        ReportDecider.Verify(Sample.SubmittedReport with { PreparedBy = "hanh" }, First).Errors.Single().Code.ShouldBe(ReviewCodes.OwnSubmission);

    [Fact]
    public void FirstOfTwo_LeavesTheReportBeforeTheSecond()
    {
        var decision = ReportDecider.Verify(Sample.SubmittedReport, First, verifiers: 2);

        decision.Events.ShouldBe([new ReportChecked(1, "hanh", Sample.AfterDue)]);
        (decision.Report.State, decision.Report.CheckedBy).ShouldBe((ReportState.Submitted, "hanh"));
    }

    [Fact]
    public void SecondOfTwo_Verifies_AndIsAnotherPerson()
    {
        var once = ReportDecider.Verify(Sample.SubmittedReport, First, verifiers: 2).Report;

        ReportDecider.Verify(once, First, verifiers: 2).Errors.Single().Code.ShouldBe(ReviewCodes.SameVerifier);
        ReportDecider.Verify(once, First with { By = "duc" }, verifiers: 2).Events
            .ShouldBe([new ReportVerified(1, "duc", Sample.AfterDue) { CheckedBy = "hanh" }]);
    }

    [Fact]
    public void NextSubmission_WaitsForBothAgain()
    {
        var once = ReportDecider.Verify(Sample.SubmittedReport, First, verifiers: 2).Report;

        ReportDecider.Decide(once, Sample.Submit(at: Sample.AfterDue), Sample.Accepted).Report.CheckedBy.ShouldBeNull();
        ReportDecider.Return(once, new(1, [new("YT01", "QNM", "?")], "duc", Sample.AfterDue), verifiers: 2).Report.CheckedBy.ShouldBeNull();
    }

    [Fact]
    public void Return_KeepsWhatItsVerifierAccepted_UnlessTwoMustLook()
    {
        var command = new ReturnReport(1, [new("YT01", "QNM", "Lệch")], "hanh", Sample.AfterDue) { Accepted = [new("YT01", "TKY"), new("YT01", "QNM")] };

        Returned(1).Accepted.ShouldBe([new ReviewedCell("YT01", "TKY")]);
        Returned(2).Accepted.ShouldBeEmpty();

        ReportReturned Returned(int verifiers) => (ReportReturned)ReportDecider.Return(Sample.SubmittedReport, command, verifiers).Events.Single();
    }

    [Fact]
    public void DeadlineToMend_LiesAhead_AndStandsUntilItIsMended()
    {
        var command = new ReturnReport(1, [new("YT01", "QNM", "Lệch")], "hanh", Sample.AfterDue) { MendBy = Sample.AfterDue.AddDays(2) };

        ReportDecider.Return(Sample.SubmittedReport, command with { MendBy = Sample.AfterDue }).Errors.Single().Code.ShouldBe(ReviewCodes.BadMendBy);
        var returned = ReportDecider.Return(Sample.SubmittedReport, command).Report;
        (returned.MendBy, returned.Returns, returned.DueAt).ShouldBe((command.MendBy, 1, Sample.DueAt));
        var again = ReportDecider.Decide(returned, Sample.Submit(at: Sample.AfterDue.AddHours(1)), Sample.Accepted).Report;
        (again.MendBy, again.Returns).ShouldBe((null, 1));
    }
}
