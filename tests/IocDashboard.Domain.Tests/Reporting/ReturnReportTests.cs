using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class ReturnReportTests
{
    private static readonly ReturnReport Command = new(1, [new("YT01", "TKY", "Lệch với báo cáo tuần trước")], "IOC", Sample.AfterDue);

    [Fact]
    public void Return_Submitted_GoesBackWithItsReasons()
    {
        var decision = ReportDecider.Return(Sample.SubmittedReport, Command);

        decision.Events.ShouldBe([new ReportReturned(1, Command.Reasons, "IOC", Sample.AfterDue)]);
        decision.Report.State.ShouldBe(ReportState.Returned);
        decision.Report.SubmittedAt.ShouldBe(Sample.BeforeDue);
    }

    [Fact]
    public void Return_Verified_TakesTheVerificationBack() =>
        ReportDecider.Return(Sample.VerifiedReport, Command).Report.State.ShouldBe(ReportState.Returned);

    [Fact]
    public void Return_Unsubmitted_IsRefused() =>
        ReportDecider.Return(Sample.OpenReport, Command).Errors.Single().Code.ShouldBe(JudgementCodes.NotSubmitted);

    [Fact]
    public void Return_WithoutReasons_IsRefused() =>
        ReportDecider.Return(Sample.SubmittedReport, Command with { Reasons = [] }).Errors.Single().Code
            .ShouldBe(JudgementCodes.MissingReason);

    [Fact]
    public void Return_WithABlankReason_PointsAtIt() =>
        ReportDecider.Return(Sample.SubmittedReport, Command with { Reasons = [.. Command.Reasons, new("YT02", "HAN", " ")] })
            .Errors.ShouldHaveSingleItem().Pointer.ShouldBe("/reasons/1/reason");

    [Fact]
    public void Return_Locked_IsRefused() =>
        ReportDecider.Return(Sample.LockedReport, Command).Errors.Single().Code.ShouldBe(JudgementCodes.PeriodLocked);

    [Fact]
    public void Return_OfASupersededRevision_IsRefused() =>
        ReportDecider.Return(Sample.SubmittedReport with { SubmittedRevision = 3 }, Command).Errors.Single().Code
            .ShouldBe(JudgementCodes.RevisionSuperseded);
}
