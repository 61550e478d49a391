using CsCheck;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

/// <summary>Whatever is submitted, sent back, verified, corrected and excepted from its lock, in whatever order, some things never happen.</summary>
public class ReviewHistoryTests
{
    private enum Act { Submit, Draft, Sweep, Hanh, Duc, Sender, Return, Extend, End }

    private sealed record Answer(DateTimeOffset At, ObligationState State, Timeliness Measure, int Submissions);

    [Fact]
    public void AnyHistory_LosesNothing_KeepsItsRatesAndItsAnswers() =>
        Gen.Select(Gen.Bool, Gen.Select(Gen.Enum<Act>(), Gen.Int[1, 30]).Array[1, 60]).Sample((fourEyes, acts) =>
        {
            var report = Sample.OpenReport;
            var now = Sample.OpensAt.AddHours(-10);
            var history = new List<(DateTimeOffset At, object Event)>();
            var answers = new List<Answer>();
            foreach (var (act, wait) in acts)
            {
                now = now.AddDays(wait / 3d);
                var decision = Decide(report, act, now, fourEyes ? 2 : 1);
                decision.Events.Aggregate(report, (state, e) => state.Apply(e)).ShouldBe(decision.Report);
                if (ReportDecider.IsLocked(report, now) && act is not (Act.Extend or Act.Sweep)) decision.Accepted.ShouldBeFalse();
                if (report.SubmittedAt is not null) (decision.Report.SubmittedAt, decision.Report.Punctuality).ShouldBe((report.SubmittedAt, report.Punctuality));
                report = decision.Report;
                history.AddRange(decision.Events.Select(e => (InstantOf(e), e)));
                answers.Add(AnswerAt(history, now));
            }

            // Nothing acknowledged is lost: each submission is there, under its number.
            history.Select(h => h.Event).OfType<ReportSubmitted>().Select(e => e.Revision).ShouldBe(Enumerable.Range(1, report.Revision));
            answers.ShouldAllBe(a => a.Measure.OnTimeRate == null || (a.Measure.OnTimeRate >= 0 && a.Measure.OnTimeRate <= 1));
            answers.ShouldAllBe(a => a.Measure.ReportingRate == null || (a.Measure.ReportingRate >= 0 && a.Measure.ReportingRate <= 1));
            history.Select(h => h.Event).OfType<ReportSubmitted>().ShouldAllBe(e => e.ReceivedAt < Sample.LockAt || IsExcepted(history, e.ReceivedAt));
            history.Select(h => h.Event).OfType<ReportVerified>().ShouldAllBe(e => e.By != "SYT" && (!fourEyes || (e.CheckedBy != null && e.CheckedBy != e.By)));

            // What was answered once is answered for ever.
            foreach (var answer in answers) AnswerAt(history, answer.At).ShouldBe(answer);
        });

    private static ReportDecision Decide(Report report, Act act, DateTimeOffset now, int verifiers) => act switch
    {
        Act.Submit => ReportDecider.Decide(report, Sample.Submit(at: now), Sample.Accepted),
        Act.Draft => ReportDecider.Decide(report, Sample.Submit(complete: false, at: now), Sample.Accepted),
        Act.Sweep => now >= report.LocksAt ? ReportDecider.Lock(report, now) : ReportDecider.FallOverdue(report, now),
        Act.Return => ReportDecider.Return(report, new(report.SubmittedRevision, [new("YT01", "QNM", "?")], "hanh", now) { MendBy = now.AddDays(2), Accepted = [new("YT01", "HAN")] }, verifiers),
        Act.Extend => LockDecider.Extend(report, new(now.AddDays(5), "118/UBND-TH", "?", "bao", now)),
        Act.End => LockDecider.End(report, "bao", now),
        _ => ReportDecider.Verify(report, new(report.SubmittedRevision, act == Act.Sender ? "SYT" : act.ToString(), now), verifiers),
    };

    /// <summary>What a question about an instant is answered with, from what had happened by then.</summary>
    private static Answer AnswerAt(List<(DateTimeOffset At, object Event)> history, DateTimeOffset at)
    {
        var known = history.Where(h => h.At <= at).Select(h => h.Event).ToList();
        var report = known.Aggregate(Sample.OpenReport, (state, e) => state.Apply(e));
        return new(
            at, Obligation.StateAt(report, at),
            TimelinessMeasure.Of([new(report.DueAt, report.SubmittedAt)], at), known.OfType<ReportSubmitted>().Count());
    }

    private static bool IsExcepted(List<(DateTimeOffset At, object Event)> history, DateTimeOffset at) => history.Exists(h =>
        h.Event is LockExtended extended && extended.At <= at && at < extended.Until &&
        !history.Exists(o => o.Event is LockExtensionEnded ended && ended.At >= extended.At && ended.At <= at &&
            !history.Exists(n => n.Event is LockExtended next && next.At >= ended.At && next.At <= at && at < next.Until)));

    private static DateTimeOffset InstantOf(object @event) => @event switch
    {
        ReportFellOverdue e => e.At,
        ReportSubmitted e => e.ReceivedAt,
        ReportReturned e => e.At,
        ReportChecked e => e.At,
        ReportVerified e => e.At,
        ReportLocked e => e.At,
        LockExtended e => e.At,
        LockExtensionEnded e => e.At,
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event.GetType(), "Not an event of a report."),
    };
}
