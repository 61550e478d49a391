using CsCheck;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Feeds;

public class FeedDeciderTests
{
    private static readonly StreamRule Rule = (StreamRule)DeadlineRule.Parse("stale=PT15M");
    private static readonly DateTimeOffset Start = Province.At("2026-11-23 10:00");
    private static readonly FeedHealth Registered = FeedHealth.Registered("PCQN-RT", Rule, Start);
    private static readonly FeedHealth Heard = FeedDecider.Receive(Registered, Received(1), Rule).Health;

    [Fact]
    public void Feed_NeverHeard_FallsLateFromItsRegistration() =>
        FeedDecider.FallSilent(Registered, Minute(15)).Events.ShouldBe([new FeedFellLate("PCQN-RT", Minute(15), Minute(15))]);

    [Fact]
    public void Feed_NeverHeard_IsNotHeardWhateverTimeItsRuleGivesIt()
    {
        (Registered.At(Start).State, Registered.At(Start).LastAt).ShouldBe((FeedState.Lost, null));
        Registered.At(Minute(500)).State.ShouldBe(FeedState.Lost);
    }

    [Fact]
    public void Feed_AtAnInstant_IsWhatItsRuleSaysAlthoughNoSweepHasFoundIt()
    {
        Heard.At(Minute(16).AddTicks(-1)).State.ShouldBe(FeedState.Live);
        (Heard.At(Minute(16)).State, Heard.At(Minute(16)).Since).ShouldBe((FeedState.Late, Minute(16)));
        (Heard.At(Minute(61)).State, Heard.At(Minute(61)).Since).ShouldBe((FeedState.Lost, Minute(61)));
    }

    [Fact]
    public void Feed_Heard_StaysLiveUntilItsRuleIsBroken()
    {
        Heard.LastAt.ShouldBe(Minute(1));
        FeedDecider.FallSilent(Heard, Minute(16).AddTicks(-1)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Feed_FoundSilent_FellLateAtTheRulesInstant()
    {
        var (health, events) = FeedDecider.FallSilent(Heard, Minute(20));

        events.ShouldBe([new FeedFellLate("PCQN-RT", Minute(16), Minute(20))]);
        (health.State, health.Since).ShouldBe((FeedState.Late, Minute(16)));
        FeedDecider.FallSilent(health, Minute(30)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Feed_FoundSilentForLong_FellLateAndThenWasLost()
    {
        var (health, events) = FeedDecider.FallSilent(Heard, Minute(500));

        events.ShouldBe([new FeedFellLate("PCQN-RT", Minute(16), Minute(500)), new FeedWasLost("PCQN-RT", Minute(61), Minute(500))]);
        (health.State, health.Since).ShouldBe((FeedState.Lost, Minute(61)));
        FeedDecider.FallSilent(health, Minute(900)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Feed_HeardAgain_Resumes()
    {
        var late = FeedDecider.FallSilent(Heard, Minute(20)).Health;

        var received = Received(25);

        var (health, events) = FeedDecider.Receive(late, received, Rule);

        events.ShouldBe([received, new FeedResumed("PCQN-RT", Minute(25))]);
        (health.State, health.Since, health.LastAt, health.LateAt).ShouldBe((FeedState.Live, Minute(25), Minute(25), Minute(40)));
    }

    [Fact]
    public void Feed_HeardAgainBeforeAnySweep_RecordsTheSilenceFirst() =>
        FeedDecider.Receive(Heard, Received(90), Rule).Events.Select(e => e.GetType()).ShouldBe(
            [typeof(FeedFellLate), typeof(FeedWasLost), typeof(MeasurementsReceived), typeof(FeedResumed)]);

    [Fact]
    public void Feed_GivenOnlyOldMeasurements_StaysLate()
    {
        var late = FeedDecider.FallSilent(Heard, Minute(20)).Health;
        var old = Received(25) with { Measurements = [new("YT01", "QNM", Minute(3), 1)] };

        var (health, events) = FeedDecider.Receive(late, old, Rule);

        events.Length.ShouldBe(1);
        (health.State, health.LastAt, health.LastReceivedAt).ShouldBe((FeedState.Late, Minute(3), Minute(25)));
    }

    [Fact]
    public void Feed_GivenWhatPrecedesItsNewest_KeepsItsNewest()
    {
        var backfill = Received(5) with { Measurements = [new("YT01", "QNM", Minute(-60), 1)] };

        FeedDecider.Receive(Heard, backfill, Rule).Health.ShouldBe(Heard with { LastReceivedAt = Minute(5) });
    }

    [Fact]
    public void Call_ThatHoldsNothingNew_LeavesNoTrace() =>
        FeedDecider.Receive(Heard, Received(5) with { Measurements = [] }, Rule).ShouldBe(new FeedDecision(Heard, []));

    [Fact]
    public void Stream_OfOneDay_IsTheProvincesDay()
    {
        FeedKey.Of("DKTTV-H", Province.At("2026-11-23 00:00"), Province.Time).ShouldBe("DKTTV-H/2026-11-23");
        FeedKey.Of("DKTTV-H", Province.At("2026-11-23 23:59"), Province.Time).ShouldBe("DKTTV-H/2026-11-23");
    }

    [Fact]
    public void AnyHistory_GoesFromLiveOverLateToLostAndBackOnly() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 40], Gen.Int[-30, 0]).Array[1, 40].Sample(steps =>
        {
            var health = Registered;
            var now = 0;
            foreach (var (sweep, wait, lag) in steps)
            {
                now += wait;
                var before = health;
                var decision = sweep
                    ? FeedDecider.FallSilent(health, Minute(now))
                    : FeedDecider.Receive(health, Received(now) with { Measurements = [new("YT01", "QNM", Minute(now + lag), 1)] }, Rule);
                var state = before.State;
                foreach (var e in decision.Events)
                {
                    (FeedState, FeedState)? move = e switch
                    {
                        FeedFellLate => (FeedState.Live, FeedState.Late),
                        FeedWasLost => (FeedState.Late, FeedState.Lost),
                        FeedResumed => (state == FeedState.Live ? FeedState.Paused : state, FeedState.Live),
                        _ => null,
                    };
                    if (move is not { } m) continue;
                    state.ShouldBe(m.Item1);
                    state = m.Item2;
                }

                health = decision.Health;
                health.State.ShouldBe(state);
                health.LateAt.ShouldBeLessThan(health.LostAt);
                (health.LastAt ?? Start).ShouldBeGreaterThanOrEqualTo(before.LastAt ?? health.LastAt ?? Start);
                if (sweep) (health.State == FeedState.Live).ShouldBe(Minute(now) < health.LateAt);
            }
        });

    private static MeasurementsReceived Received(int minute) =>
        new("PCQN-RT", [new("YT01", "QNM", Minute(minute), 12)], "PCQN", Minute(minute));

    private static DateTimeOffset Minute(int minute) => Start.AddMinutes(minute);
}
