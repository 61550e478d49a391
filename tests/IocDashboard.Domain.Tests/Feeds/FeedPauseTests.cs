using CsCheck;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Feeds;

/// <summary>Silence on purpose. The rule allows 15 minutes; lost is an hour of silence.</summary>
public class FeedPauseTests
{
    private const string Feed = "PCQN-RT";

    private static readonly StreamRule Rule = (StreamRule)DeadlineRule.Parse("stale=PT15M");
    private static readonly DateTimeOffset Start = Province.At("2026-11-23 10:00");
    private static readonly FeedHealth Heard = Receive(FeedHealth.Registered(Feed, Rule, Start), 1, 1).Health;

    [Fact]
    public void Window_Stated_IsWrittenOnce_AndHoldsFromItsBeginningToItsEnd()
    {
        var (health, events, _) = Pause(Heard, now: 2, from: 10, until: 130);

        events.ShouldBe([new FeedPaused(Feed, Minute(10), Minute(130), PauseKind.Pause, "Thay thiết bị", "minh", Minute(2))]);
        health.At(Minute(10).AddTicks(-1)).State.ShouldBe(FeedState.Live);
        (health.At(Minute(10)).State, health.At(Minute(10)).Since).ShouldBe((FeedState.Paused, Minute(10)));
        health.At(Minute(130).AddTicks(-1)).State.ShouldBe(FeedState.Paused);
        (health.At(Minute(130)).State, health.At(Minute(130)).Since).ShouldBe((FeedState.Live, Minute(130)));
        FeedDecider.FallSilent(health, Minute(144)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Silence_AfterTheWindow_CountsFromItsEnd()
    {
        var health = Pause(Heard, now: 2, from: 10, until: 130).Health;

        FeedDecider.FallSilent(health, Minute(500)).Events.ShouldBe([new FeedFellLate(Feed, Minute(145), Minute(500)), new FeedWasLost(Feed, Minute(190), Minute(500))]);
    }

    [Fact]
    public void Silence_ThatBrokeTheRuleBefore_StaysBroken_AndIsAgainAfterTheWindow()
    {
        // Late at minute 16; the window begins before it would be lost.
        var late = Pause(Heard, now: 20, from: 30, until: 130);
        late.Events[0].ShouldBe(new FeedFellLate(Feed, Minute(16), Minute(20)));
        late.Health.At(Minute(60)).State.ShouldBe(FeedState.Paused);
        (late.Health.At(Minute(130)).State, late.Health.At(Minute(189)).State).ShouldBe((FeedState.Late, FeedState.Late));
        FeedDecider.FallSilent(late.Health, Minute(500)).Events.ShouldBe([new FeedWasLost(Feed, Minute(190), Minute(500))]);

        var lost = Pause(Heard, now: 70, from: 80, until: 130).Health;
        (lost.At(Minute(79)).State, lost.At(Minute(80)).State).ShouldBe((FeedState.Lost, FeedState.Paused));
        (lost.At(Minute(130)).State, lost.At(Minute(130)).Since).ShouldBe((FeedState.Lost, Minute(130)));
        FeedDecider.FallSilent(lost, Minute(500)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Measurement_WithinTheWindow_IsTakenIn_AndBringsALostFeedBackForAfterwards()
    {
        var lost = Pause(Heard, now: 70, from: 80, until: 130).Health;

        var (health, events) = Receive(lost, 90, 90);

        events.Select(e => e.GetType()).ShouldBe([typeof(MeasurementsReceived), typeof(FeedResumed)]);
        (health.At(Minute(90)).State, health.At(Minute(130)).State, health.At(Minute(144)).State).ShouldBe((FeedState.Paused, FeedState.Live, FeedState.Live));
        health.At(Minute(145)).State.ShouldBe(FeedState.Late);
    }

    [Fact]
    public void OldMeasurement_FromBeforeTheWindow_BringsNoLateFeedBack()
    {
        var late = Pause(Heard, now: 20, from: 30, until: 130).Health;

        var (health, events) = Receive(late, 100, 3);

        events.Length.ShouldBe(1);
        health.At(Minute(130)).State.ShouldBe(FeedState.Late);
    }

    [Fact]
    public void Window_EndedEarly_CountsFromThatInstant_AndOneTakenBackNeverWas()
    {
        var paused = Pause(Heard, now: 2, from: 10, until: 130).Health;

        var ended = PauseDecider.End(paused, "hoa", Minute(40), Rule);
        ended.Events.ShouldBe([new FeedPauseEnded(Feed, "hoa", Minute(40))]);
        (ended.Health.At(Minute(39)).State, ended.Health.At(Minute(40)).State, ended.Health.LateAt).ShouldBe((FeedState.Paused, FeedState.Live, Minute(55)));
        PauseDecider.End(ended.Health, "hoa", Minute(41), Rule).Errors.Single().Code.ShouldBe(PauseCodes.NotPaused);

        PauseDecider.End(paused, "hoa", Minute(5), Rule).Health.ShouldBe(Heard);
        PauseDecider.End(paused, "hoa", Minute(130), Rule).Errors.Single().Code.ShouldBe(PauseCodes.NotPaused);
    }

    [Fact]
    public void LaterWindow_TakesThePlaceOfTheOneThatHoldsOrIsPlanned()
    {
        var first = Pause(Heard, now: 2, from: 10, until: 130).Health;

        var second = Pause(first, now: 20, from: 60, until: 90);

        second.Events.Select(e => e.GetType()).ShouldBe([typeof(FeedPauseEnded), typeof(FeedPaused)]);
        var health = second.Health;
        (health.At(Minute(19)).State, health.At(Minute(34)).State, health.At(Minute(35)).State, health.At(Minute(60)).State).ShouldBe(
            (FeedState.Live, FeedState.Live, FeedState.Late, FeedState.Paused));
        health.LostAt.ShouldBe(Minute(150));
    }

    [Theory]
    [InlineData("2026-12-01 09:00", true, "six working days")]
    [InlineData("2026-12-02 09:00", false, "seven working days: 24, 25, 26, 27, 30 November, 1, 2 December")]
    public void Maintenance_AnnouncedLate_SaysSo(string from, bool shortNotice, string why)
    {
        var decision = PauseDecider.Pause(
            Heard, new(Province.At(from), Province.At("2026-12-05 09:00"), PauseKind.Maintenance, "Nâng cấp", "minh", Minute(2)), Rule, WorkingCalendar.Weekdays, Province.Time);

        decision.Events.OfType<FeedPaused>().Single().ShortNotice.ShouldBe(shortNotice, why);
    }

    [Fact]
    public void Window_ThatIsNone_IsRefusedWithItsCode()
    {
        Code(from: 1, until: 60).ShouldBe("/from pause-begins-past");
        Code(from: 60, until: 60).ShouldBe("/until pause-ends-first");
        Code(from: null, until: 5).ShouldBe("/until pause-ends-first");
        Code(from: 60, until: 60 + (367 * 24 * 60)).ShouldBe("/until pause-too-long");
        Code(from: 60, until: 70, reason: " ").ShouldBe("/reason pause-needs-reason");
        Code(from: 60, until: 70, reason: new('x', 401)).ShouldBe("/reason text-too-long");

        // The minute that is running is now.
        var now = Minute(5).AddSeconds(30);
        PauseDecider.Pause(Heard, new(Minute(5), Minute(20), PauseKind.Pause, "x", "minh", now), Rule, WorkingCalendar.Weekdays, Province.Time)
            .Health.Pause.ShouldNotBeNull().From.ShouldBe(now);

        static string Code(int? from, int until, string reason = "x")
        {
            var error = Pause(Heard, now: 5, from, until, reason).Errors.Single();
            return $"{error.Pointer} {error.Code}";
        }
    }

    [Fact]
    public void AnyOrderOfWindowsAndMeasurements_IsWhatAWalkMinuteByMinuteSays() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 30], Gen.Int[-40, 0], Gen.Int[0, 50], Gen.Int[1, 90]).Array[1, 16].Sample(steps =>
        {
            var (health, model, now) = (Heard, new Walk(1), 1);
            foreach (var (act, wait, lag, ahead, length) in steps)
            {
                for (var end = now + wait; now < end; now++)
                    health.At(Minute(now)).State.ShouldBe(model.StateAt(now), $"at minute {now}");
                model.StateAt(now);
                var events = (IReadOnlyList<object>)[];
                switch (act)
                {
                    case 0:
                        (health, var silent) = FeedDecider.FallSilent(health, Minute(now));
                        events = silent;
                        break;
                    case 1:
                        (health, var received) = Receive(health, now, now + lag);
                        model.Hear(now + lag);
                        events = received;
                        break;
                    case 2:
                        (health, var paused, _) = Pause(health, now, now + ahead, now + ahead + length);
                        model.EndAt(now);
                        model.Windows.Add((now + ahead, now + ahead + length));
                        events = paused;
                        break;
                    default:
                        (health, var ended, _) = PauseDecider.End(health, "minh", Minute(now), Rule);
                        model.EndAt(now);
                        events = ended;
                        break;
                }

                foreach (var late in events.OfType<FeedFellLate>()) late.At.ShouldBe(Minute(model.LateSince));
                foreach (var lost in events.OfType<FeedWasLost>()) lost.At.ShouldBe(Minute(model.LostSince));
                health.At(Minute(now)).State.ShouldBe(model.StateAt(now), $"after step at minute {now}");
            }
        });

    /// <summary>The slow and obvious way: the silence is walked through minute by minute, with every window that ever held.</summary>
    private sealed class Walk(int last)
    {
        private int _last = last;
        private FeedState _state = FeedState.Live;

        public List<(int From, int Until)> Windows { get; } = [];
        public int LateSince { get; private set; }
        public int LostSince { get; private set; }

        public void Hear(int minute) => _last = Math.Max(_last, minute);

        public void EndAt(int now)
        {
            if (Windows.Count == 0 || Windows[^1].Until <= now) return;
            var (from, _) = Windows[^1];
            Windows.RemoveAt(Windows.Count - 1);
            if (now > from) Windows.Add((from, now));
        }

        public FeedState StateAt(int now)
        {
            int lateFrom = _last, lostFrom = _last;
            int? late = null, lost = null;
            for (var minute = _last; minute <= now; minute++)
            {
                if (Windows.Exists(w => minute > w.From && minute <= w.Until))
                {
                    if (late is null) lateFrom = minute;
                    if (lost is null) lostFrom = minute;
                    continue;
                }

                if (minute - lateFrom >= 15) late ??= minute;
                if (minute - lostFrom >= 60) lost ??= minute;
            }

            // Only what is recent enough by the rule brings it back.
            var heard = lost is not null ? FeedState.Lost : late is not null ? FeedState.Late : FeedState.Live;
            if (heard == FeedState.Live) _state = heard;
            if (_state == FeedState.Live && late is { } fell) (_state, LateSince) = (FeedState.Late, fell);
            if (_state == FeedState.Late && lost is { } gone) (_state, LostSince) = (FeedState.Lost, gone);
            return Windows.Exists(w => now >= w.From && now < w.Until) ? FeedState.Paused : _state;
        }
    }

    private static PauseDecision Pause(FeedHealth health, int now, int? from, int until, string reason = "Thay thiết bị") => PauseDecider.Pause(
        health, new(from is { } minute ? Minute(minute) : null, Minute(until), PauseKind.Pause, reason, "minh", Minute(now)), Rule, WorkingCalendar.Weekdays, Province.Time);

    private static FeedDecision Receive(FeedHealth health, int now, int at) =>
        FeedDecider.Receive(health, new(Feed, [new("YT01", "QNM", Minute(at), 12)], "PCQN", Minute(now)), Rule);

    private static DateTimeOffset Minute(int minute) => Start.AddMinutes(minute);
}
