using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;

namespace IocDashboard.Domain.Tests.Urgings;

public class UrgingDeciderTests
{
    private static readonly DateTimeOffset At = Sample.AfterDue;

    private static readonly UrgeReports Letter = new(
        Guid.Empty, UrgingLevel.Head, "IOC", IsOffice: false, "12/IOC-ĐĐ", "V/v đôn đốc", "Kính gửi: Sở Y tế", [new("Lê Văn Quang", "Giám đốc", "quang@syt.example")],
        At.AddDays(1), "hanh", At);

    [Fact]
    public void Urge_OfAnOwedReport_CountsOn_AndMovesNoDeadline()
    {
        var decision = UrgingDecider.Urge(Sample.OpenReport, Letter, before: 1);

        decision.Errors.ShouldBeEmpty();
        var urged = decision.Events.ShouldHaveSingleItem().ShouldBeOfType<ReportUrged>();
        (urged.Time, urged.By, urged.Recipients.Single()).ShouldBe((2, "hanh", "Lê Văn Quang"));
        decision.Report.ShouldBe(Sample.OpenReport);
    }

    [Fact]
    public void Urge_OfWhatIsNotOwed_IsRefused()
    {
        Report[] settled =
        [
            Sample.SubmittedReport, Sample.VerifiedReport, Sample.LockedReport, Sample.OpenReport with { OpensAt = At.AddDays(1) }, Sample.OpenReport with { ExcusedAt = At },
        ];

        settled.ShouldAllBe(r => UrgingDecider.Urge(r, Letter, 0).Errors.Single().Code == UrgingCodes.NotOwed);
    }

    [Fact]
    public void Urge_OfAReturnedReport_IsPossible()
    {
        var returned = ReportDecider.Return(Sample.SubmittedReport, new(1, [new("YT01", "QNM", "Lệch")], "duc", Sample.BeforeDue)).Report;

        UrgingDecider.Urge(returned, Letter, 0).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Urge_ThatIsIncomplete_IsRefusedAtItsPlace()
    {
        (UrgeReports Letter, string Pointer, string Code)[] wrong =
        [
            (Letter with { Subject = " " }, "/subject", UrgingCodes.MissingText), (Letter with { Text = "" }, "/text", UrgingCodes.MissingText),
            (Letter with { Text = new('x', UrgingDecider.LongestText + 1) }, "/text", UrgingCodes.TextTooLong),
            (Letter with { Recipients = [] }, "/recipients", UrgingCodes.MissingRecipients), (Letter with { AnswerBy = At }, "/answerBy", UrgingCodes.BadAnswerBy),
            (Letter with { Level = UrgingLevel.Office }, "/level", UrgingCodes.NotOffice),
        ];

        foreach (var (letter, pointer, code) in wrong)
            UrgingDecider.Urge(Sample.OpenReport, letter, 0).Errors.Select(e => (e.Pointer, e.Code)).ShouldBe([(pointer, code)]);
        UrgingDecider.Urge(Sample.OpenReport, Letter with { Level = UrgingLevel.Office, IsOffice = true, Body = "VPUBND" }, 0).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Excuse_TakesTheReportOutOfWhatIsOwed_UntilItEnds()
    {
        var excused = UrgingDecider.Excuse(Sample.OpenReport, "15/UBND-KSTT", "Bão số 13", "hanh", Sample.BeforeDue).Report;

        Obligation.StateAt(excused, At).ShouldBe(ObligationState.Excused);
        ReportDecider.FallOverdue(excused, At).Events.ShouldBeEmpty();
        excused.KnownAt(At).OverdueSince.ShouldBeNull();
        ReportDecider.Lock(excused, Sample.LockAt).Events.ShouldHaveSingleItem().ShouldBeOfType<ReportLocked>();
        UrgingDecider.Excuse(excused, "15/UBND-KSTT", "Bão số 13", "hanh", At).Errors.Single().Code.ShouldBe(UrgingCodes.NotOwed);

        var owed = UrgingDecider.EndExcuse(excused, "Đã có điện", "hanh", At).Report;
        ReportDecider.FallOverdue(owed, At).Events.ShouldHaveSingleItem().ShouldBeOfType<ReportFellOverdue>().At.ShouldBe(Sample.DueAt);
        UrgingDecider.EndExcuse(owed, "Đã có điện", "hanh", At).Errors.Single().Code.ShouldBe(UrgingCodes.NotExcused);
    }

    [Fact]
    public void ExcuseThatEndsBehindTheLock_RecordsTheDeadlineThatNoSweepWillSee()
    {
        var locked = ReportDecider.Lock(UrgingDecider.Excuse(Sample.OpenReport, "15/UBND-KSTT", "Bão số 13", "hanh", Sample.BeforeDue).Report, Sample.LockAt).Report;

        var decision = UrgingDecider.EndExcuse(locked, "Đã có điện", "hanh", Sample.LockAt.AddDays(1));

        decision.Events.OfType<ReportFellOverdue>().ShouldHaveSingleItem().At.ShouldBe(Sample.DueAt);
        decision.Report.OverdueSince.ShouldBe(Sample.DueAt);
    }

    [Fact]
    public void Submission_EndsThatSomebodyFollowsTheReport() =>
        ReportDecider.Decide(Sample.OpenReport with { FollowedBy = "hanh" }, Sample.Submit(), Sample.Accepted).Report.FollowedBy.ShouldBeNull();

    [Fact]
    public void Excuse_NeedsAuthorityAndReason_AndComesTooLateForWhatWasReceived()
    {
        UrgingDecider.Excuse(Sample.OpenReport, " ", "Bão", "hanh", At).Errors.Single().Code.ShouldBe(ReviewCodes.MissingAuthority);
        UrgingDecider.Excuse(Sample.OpenReport, "15/UBND-KSTT", " ", "hanh", At).Errors.Single().Pointer.ShouldBe("/reason");
        UrgingDecider.Excuse(Sample.SubmittedReport, "15/UBND-KSTT", "Bão", "hanh", At).Errors.Single().Code.ShouldBe(UrgingCodes.NotOwed);
    }

    [Fact]
    public void TakeOver_IsOnePersonsAtATime_AndIsHandedBack()
    {
        var followed = UrgingDecider.TakeOver(Sample.OpenReport, "Gọi trực tiếp", "hanh", At).Report;

        followed.FollowedBy.ShouldBe("hanh");
        UrgingDecider.TakeOver(followed, "Gọi trực tiếp", "duc", At).Errors.Select(e => (e.Code, e.Arguments.Single())).ShouldBe([(UrgingCodes.TakenOver, "hanh")]);
        UrgingDecider.HandBack(followed, "duc", At).Report.FollowedBy.ShouldBeNull();
        UrgingDecider.HandBack(Sample.OpenReport, "duc", At).Errors.Single().Code.ShouldBe(UrgingCodes.NotTakenOver);
    }

    [Theory]
    [InlineData("", null, UrgingCodes.MissingText)]
    [InlineData("Đang trình ký", -1, UrgingCodes.BadPromise)]
    [InlineData("Đang trình ký", 0, null)]
    [InlineData("Đang trình ký", null, null)]
    public void Reply_NamesADayThatIsStillToCome(string reply, int? promisedIn, string? code)
    {
        var today = new DateOnly(2026, 11, 23);

        UrgingDecider.JudgeReply(reply, promisedIn is { } days ? today.AddDays(days) : null, today)?.Code.ShouldBe(code);
        (UrgingDecider.JudgeReply(reply, promisedIn is { } d ? today.AddDays(d) : null, today) is null).ShouldBe(code is null);
    }
}
