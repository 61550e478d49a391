using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class LockExceptionTests
{
    private static readonly DateTimeOffset After = Sample.LockAt.AddDays(3);
    private static readonly ExtendLock Command = new(After.AddDays(7), "Công văn 118/UBND-TH", "Kho bạc đối chiếu lại", "bao", After);
    private static readonly Report Missed = ReportDecider.Lock(Sample.OpenReport, Sample.LockAt).Report;

    [Fact]
    public void Exception_LetsValuesIn_AndTheyStayLate()
    {
        var open = LockDecider.Extend(Missed, Command).Report;
        var taken = ReportDecider.Decide(open, Sample.Submit(at: After.AddDays(1)), Sample.Accepted);

        (open.State, open.LocksAt).ShouldBe((ReportState.Open, Command.Until));
        (taken.Report.State, taken.Report.Punctuality).ShouldBe((ReportState.Submitted, Punctuality.Late));
    }

    [Fact]
    public void Exception_EndsByItself_AndTheSweepLocksAgain()
    {
        var open = LockDecider.Extend(Missed, Command).Report;

        ReportDecider.Decide(open, Sample.Submit(at: Command.Until), Sample.Accepted).Errors.Single().Code.ShouldBe(JudgementCodes.PeriodLocked);
        ReportDecider.Lock(open, Command.Until.AddTicks(-1)).Events.ShouldBeEmpty();
        ReportDecider.Lock(open, Command.Until.AddHours(1)).Events.ShouldBe([new ReportLocked(Command.Until)]);
    }

    [Fact]
    public void Exception_TakenBack_LocksFromThen()
    {
        var open = LockDecider.Extend(Missed, Command).Report;
        var ended = LockDecider.End(open, "bao", After.AddDays(2)).Report;

        ReportDecider.Decide(ended, Sample.Submit(at: After.AddDays(2)), Sample.Accepted).Errors.Single().Code.ShouldBe(JudgementCodes.PeriodLocked);
        LockDecider.End(ended, "bao", After.AddDays(3)).Errors.Single().Code.ShouldBe(ReviewCodes.NoException);
    }

    [Fact]
    public void Verified_Locked_IsVerifiedAgainWhileTheExceptionHolds() =>
        LockDecider.Extend(ReportDecider.Lock(Sample.VerifiedReport, Sample.LockAt).Report, Command).Report.State.ShouldBe(ReportState.Verified);

    [Fact]
    public void Exception_NeedsDocumentReasonAndAnEndAhead()
    {
        Code(Command with { Authority = " " }).ShouldBe(ReviewCodes.MissingAuthority);
        Code(Command with { Reason = "" }).ShouldBe(JudgementCodes.MissingReason);
        Code(Command with { Until = After }).ShouldBe(ReviewCodes.BadExpiry);
        LockDecider.Extend(Sample.OpenReport, Command with { At = Sample.OpensAt, Until = Sample.LockAt }).Errors.Single().Code.ShouldBe(ReviewCodes.BadExpiry);
        LockDecider.Extend(Sample.OpenReport with { LockAt = null }, Command).Errors.Single().Code.ShouldBe(ReviewCodes.NeverLocks);

        static string Code(ExtendLock command) => LockDecider.Extend(Missed, command).Errors.Single().Code;
    }
}
