using CsCheck;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

/// <summary>Whatever happens to a report, in whatever order, some things never do.</summary>
public class ReportHistoryTests
{
    private enum Act { Submit, Draft, Sweep, Verify, Return, Lock }

    [Fact]
    public void AnyHistory_KeepsTheInvariantsOfAReport() =>
        Gen.Select(Gen.Enum<Act>(), Gen.Int[0, 90]).Array[1, 40].Sample(acts =>
        {
            var report = Sample.OpenReport;
            var now = Sample.OpensAt.AddHours(-10);
            var history = new List<object>();
            foreach (var (act, wait) in acts)
            {
                now = now.AddHours(wait);
                var decision = Decide(report, act, now);
                var before = report;

                decision.Events.Aggregate(before, (state, e) => state.Apply(e)).ShouldBe(decision.Report);
                if (!decision.Accepted) decision.Events.ShouldBeEmpty();
                if (before.State == ReportState.Locked) decision.Events.ShouldBeEmpty();
                report = decision.Report;
                history.AddRange(decision.Events);

                report.Revision.ShouldBe(before.Revision + (decision.Submitted is null ? 0 : 1));
                if (act == Act.Draft && before.State is not ReportState.Open) report.State.ShouldBe(before.State);
                if (before.SubmittedAt is not null)
                    (report.SubmittedAt, report.Punctuality).ShouldBe((before.SubmittedAt, before.Punctuality));
            }

            history.OfType<ReportFellOverdue>().Count().ShouldBeLessThanOrEqualTo(1);
            history.OfType<ReportFellOverdue>().ShouldAllBe(e => e.At == report.DueAt && e.FoundAt >= e.At);
            history.OfType<ReportSubmitted>().ShouldAllBe(e => e.ReceivedAt >= report.OpensAt && e.ReceivedAt < report.LockAt);
            (report.OverdueSince is null).ShouldBe(report.Punctuality is Punctuality.NotDue or Punctuality.OnTime);
            (report.Punctuality is Punctuality.OnTime or Punctuality.Late).ShouldBe(report.SubmittedAt is not null);
            if (report.Punctuality == Punctuality.Late) report.SubmittedAt!.Value.ShouldBeGreaterThan(report.DueAt);
            history.Aggregate(Sample.OpenReport, (state, e) => state.Apply(e)).ShouldBe(report);
        });

    private static ReportDecision Decide(Report report, Act act, DateTimeOffset now) => act switch
    {
        Act.Submit => ReportDecider.Decide(report, Sample.Submit(at: now), Sample.Accepted),
        Act.Draft => ReportDecider.Decide(report, Sample.Submit(complete: false, at: now), Sample.Accepted),
        Act.Sweep => ReportDecider.FallOverdue(report, now),
        Act.Verify => ReportDecider.Verify(report, new(report.SubmittedRevision, "IOC", now)),
        Act.Return => ReportDecider.Return(report, new(report.SubmittedRevision, [new("YT01", "QNM", "?")], "IOC", now)),
        _ => ReportDecider.Lock(report, now),
    };
}
