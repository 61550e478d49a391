using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using static IocDashboard.Domain.Tests.DataRequests.Asking;

namespace IocDashboard.Domain.Tests.DataRequests;

public class DataRequestDeciderTests
{
    [Fact]
    public void Answer_ByTheDeadline_IsOnTime_AndSettlesItsAgencyAlone()
    {
        var decision = Request().Answer(Due);

        decision.Events.ShouldHaveSingleItem().ShouldBeOfType<DataRequestAnswered>().Punctuality.ShouldBe(Punctuality.OnTime);
        decision.Of().ShouldSatisfyAllConditions(a => a.State.ShouldBe(AnswerState.Answered), a => a.AnsweredAt.ShouldBe(Due), a => a.Revision.ShouldBe(1));
        decision.Of("STC").State.ShouldBe(AnswerState.Open);
    }

    [Fact]
    public void Answer_AfterTheDeadline_RecordsWhatNoSweepHas_AndStaysLate()
    {
        var decision = Request().Answer(Due.AddTicks(1));

        decision.Events.Select(e => e.GetType()).ShouldBe([typeof(DataRequestFellOverdue), typeof(DataRequestAnswered)]);
        decision.Of().Punctuality.ShouldBe(Punctuality.Late);
        decision.Request.Answer(Due.AddHours(1), 6).Of().ShouldSatisfyAllConditions(
            a => a.Punctuality.ShouldBe(Punctuality.Late), a => a.Revision.ShouldBe(2), a => a.AnsweredAt.ShouldBe(Due.AddTicks(1)), a => a.OverdueSince.ShouldBe(Due));
    }

    [Fact]
    public void Answer_ReceivedInTime_ThatASweepOvertook_IsOnTime()
    {
        var swept = DataRequestDecider.FallOverdue(Request(), Due.AddSeconds(1)).Request;

        swept.Answer(Due.AddSeconds(-1)).Of().ShouldSatisfyAllConditions(a => a.Punctuality.ShouldBe(Punctuality.OnTime), a => a.OverdueSince.ShouldBeNull());
    }

    [Fact]
    public void Answer_AsItStands_IsNotSaidAgain() => Request().Answer(Due).Request.Answer(Due, 5.0m).ShouldSatisfyAllConditions(d => d.Accepted.ShouldBeTrue(), d => d.Events.ShouldBeEmpty());

    [Fact]
    public void Answer_OfAnAgencyThatWasNotAsked_IsUnknown() => Request().Answer(At, agency: "SXD").Errors.ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.Unknown);

    [Fact]
    public void Overdue_IsRecordedOnce_AtTheDeadline_ForWhoeverHasNotAnswered()
    {
        var answered = Request().Answer(At).Request;
        DataRequestDecider.FallOverdue(answered, Due.AddTicks(-1)).Events.ShouldBeEmpty();
        var decision = DataRequestDecider.FallOverdue(answered, Due.AddMinutes(5));

        decision.Events.ShouldBe([new DataRequestFellOverdue("STC", Due, Due.AddMinutes(5)), new DataRequestFellOverdue("SYT", Due, Due.AddMinutes(5))]);
        DataRequestDecider.FallOverdue(decision.Request, Due.AddDays(1)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void State_OfAnAgencysPart_IsThatOfAnObligation()
    {
        var asked = Request() with { Agencies = [new("CTHUE", At.AddDays(3))] };
        var (open, day) = (asked.Find("CTHUE")!, TimeSpan.FromDays(1));
        new[] { At, open.DueAt - day - TimeSpan.FromTicks(1), open.DueAt - day, open.DueAt - TimeSpan.FromTicks(1), open.DueAt }.Select(open.StateAt)
            .ShouldBe([ObligationState.Open, ObligationState.Open, ObligationState.DueSoon, ObligationState.DueSoon, ObligationState.Overdue]);

        var answered = asked.Answer(At);
        answered.Of().StateAt(At).ShouldBe(ObligationState.Submitted);
        answered.Request.Accept(At).Of().StateAt(At).ShouldBe(ObligationState.Verified);
        // It is returned until it is answered again, the day that it was given included.
        answered.Request.Return(At).Of().ShouldSatisfyAllConditions(
            a => a.ActBy.ShouldBe(At.AddDays(1)), a => a.StateAt(At).ShouldBe(ObligationState.Returned), a => a.StateAt(At.AddDays(9)).ShouldBe(ObligationState.Returned));
        asked.Withdraw(At).Of().StateAt(open.DueAt).ShouldBe(ObligationState.Excused);
    }

    [Fact]
    public void Extension_BeforeTheDeadline_MovesIt_AndAfterwardsTheMissedOneStays()
    {
        var later = Due.AddDays(2);
        var inTime = Request().Extend(At, later, "CTHUE").Request;
        inTime.Answer(later).Of().Punctuality.ShouldBe(Punctuality.OnTime);
        DataRequestDecider.FallOverdue(inTime, Due).Events.OfType<DataRequestFellOverdue>().Select(e => e.Agency).ShouldBe(["STC", "SYT"]);

        var afterwards = Request().Extend(Due.AddMinutes(1), later);
        afterwards.Events.OfType<DataRequestFellOverdue>().Count().ShouldBe(3, "it was missed before it was put off");
        afterwards.Request.Answer(later).Of().ShouldSatisfyAllConditions(a => a.Punctuality.ShouldBe(Punctuality.Late), a => a.JudgedBy.ShouldBe(Due), a => a.DueAt.ShouldBe(later));
        DataRequestDecider.FallOverdue(afterwards.Request, later.AddDays(1)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Extension_ThatGivesNobodyMore_IsRefused()
    {
        Code(Request().Extend(At, Due)).ShouldBe(RequestCodes.NotLater);
        Code(Request().Extend(At, At)).ShouldBe(RequestCodes.DueInPast);
        Code(Request().Extend(At, null)).ShouldBe(RequestCodes.Required);
        Code(Request().Extend(At, Due.AddDays(1), reason: " ")).ShouldBe(RequestCodes.ReasonNeeded);
        Code(Request().Extend(At, Due.AddDays(1), "SXD")).ShouldBe(RequestCodes.Unknown);
        Code(Request("CTHUE").Answer(At).Request.Extend(At, Due.AddDays(1))).ShouldBe(RequestCodes.NothingOwed);
        // One that was given more time alone keeps it.
        Request().Extend(At, Due.AddDays(9), "STC").Request.Extend(At, Due.AddDays(1)).Of("STC").DueAt.ShouldBe(Due.AddDays(9));
    }

    [Fact]
    public void Answer_ThatWasReturned_IsMended_AndStaysSettledAsItWas()
    {
        var returned = Request().Answer(At).Request.Return(At.AddHours(1));
        returned.Of().ShouldSatisfyAllConditions(a => a.State.ShouldBe(AnswerState.Returned), a => a.ReturnReason.ShouldBe("Thiếu thu từ đất"), a => a.Owes.ShouldBeTrue());

        // The same again stands before the centre again.
        var mended = returned.Request.Answer(Due.AddDays(1));
        mended.Of().ShouldSatisfyAllConditions(
            a => a.State.ShouldBe(AnswerState.Answered), a => a.Punctuality.ShouldBe(Punctuality.OnTime), a => a.Revision.ShouldBe(2), a => a.ReturnReason.ShouldBeNull());
        Code(mended.Request.Accept(Due.AddDays(1))).ShouldBe(RequestCodes.Superseded);
        mended.Request.Accept(Due.AddDays(1), 2).Of().State.ShouldBe(AnswerState.Accepted);
    }

    [Fact]
    public void Acceptance_LocksTheAnswer_UntilItIsReturned()
    {
        var accepted = Request().Answer(At).Request.Accept(At).Request;
        Code(accepted.Answer(At, 7)).ShouldBe(RequestCodes.Accepted);
        Code(accepted.Accept(At)).ShouldBe(RequestCodes.NotAnswered);
        accepted.Return(At).Request.Answer(At, 7).Of().Revision.ShouldBe(2);
    }

    [Fact]
    public void Return_WithoutAReason_OrAnAnswer_IsRefused()
    {
        Code(Request().Return(At)).ShouldBe(RequestCodes.NotAnswered);
        Code(Request().Answer(At).Request.Return(At, reason: "")).ShouldBe(RequestCodes.ReasonNeeded);
        Code(DataRequestDecider.Return(Request().Answer(At).Request, new("CTHUE", 1, "x", At, "An", At))).ShouldBe(RequestCodes.DueInPast);
    }

    [Fact]
    public void Withdrawal_EndsWhatIsOwed_AndForgivesNothing()
    {
        var withdrawn = Request().Answer(At).Request.Withdraw(Due.AddMinutes(1));

        withdrawn.Events.OfType<DataRequestFellOverdue>().Select(e => e.Agency).ShouldBe(["STC", "SYT"]);
        withdrawn.Of().State.ShouldBe(AnswerState.Answered);
        withdrawn.Of("STC").ShouldSatisfyAllConditions(a => a.State.ShouldBe(AnswerState.Withdrawn), a => a.OverdueSince.ShouldBe(Due));
        Code(withdrawn.Request.Answer(Due, agency: "STC")).ShouldBe(RequestCodes.Withdrawn);
        Code(withdrawn.Request.Accept(Due)).ShouldBe(RequestCodes.Withdrawn);
        Code(withdrawn.Request.Extend(Due, Due.AddDays(1))).ShouldBe(RequestCodes.Withdrawn);
        withdrawn.Request.Withdraw(Due).Events.ShouldBeEmpty();
        DataRequestDecider.FallOverdue(Request().Withdraw(At).Request, Due.AddDays(1)).Events.ShouldBeEmpty("it was never due");
    }

    /// <summary>Whatever happens in whatever order: the history says the state, each deadline is missed at most once, and what was late or answered stays so.</summary>
    [Fact]
    public void AnySequenceOfActs_KeepsWhatWasSettled()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (request, now) = (Request(), At);
            var events = new List<object>();
            for (var step = 0; step < 30; step++)
            {
                now = now.AddMinutes(random.Next(0, 90));
                var agency = request.Agencies[random.Next(3)].Agency;
                var before = request;
                var decision = random.Next(7) switch
                {
                    0 or 1 => request.Answer(now, random.Next(20), agency),
                    2 => DataRequestDecider.FallOverdue(request, now),
                    3 => request.Return(now, request.Find(agency)!.Revision, agency: agency),
                    4 => request.Accept(now, request.Find(agency)!.Revision, agency),
                    5 => request.Extend(now, now.AddHours(random.Next(1, 9)), random.Next(2) == 0 ? null : agency),
                    _ => random.Next(12) == 0 ? request.Withdraw(now) : new(request, [], []),
                };
                events.AddRange(decision.Events);
                request = decision.Request;
                if (!decision.Accepted) request.ShouldBe(before);
                foreach (var (was, isNow) in before.Agencies.Zip(request.Agencies))
                {
                    if (was.AnsweredAt is not null) (isNow.AnsweredAt, isNow.Punctuality).ShouldBe((was.AnsweredAt, was.Punctuality), $"seed {seed}");
                    if (was.OverdueSince is not null && isNow.Punctuality != Punctuality.OnTime) isNow.OverdueSince.ShouldBe(was.OverdueSince, $"seed {seed}");
                    isNow.DueAt.ShouldBeGreaterThanOrEqualTo(was.DueAt);
                    (isNow.Punctuality == Punctuality.OnTime).ShouldBe(isNow.AnsweredAt <= isNow.JudgedBy && isNow.OverdueSince is null, $"seed {seed}");
                }
            }

            events.OfType<DataRequestFellOverdue>().GroupBy(e => e.Agency).ShouldAllBe(g => g.Count() == 1);
            var folded = events.Aggregate(Request(), (state, e) => state.Apply(e));
            folded.Agencies.ShouldBe(request.Agencies);
            var measure = TimelinessMeasure.Of(request.Agencies.Select(a => new SettledObligation(a.JudgedBy, a.AnsweredAt)), now);
            measure.Expected.ShouldBe(measure.OnTime + measure.Late + measure.Missing);
            measure.Late.ShouldBe(request.Agencies.Count(a => a.Punctuality == Punctuality.Late));
        }
    }

    private static string Code(DataRequestDecision decision) => decision.Errors.ShouldHaveSingleItem().Code;
}
