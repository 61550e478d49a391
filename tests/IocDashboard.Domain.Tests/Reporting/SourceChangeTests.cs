using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;

namespace IocDashboard.Domain.Tests.Reporting;

/// <summary>Article 9.1b: what changed at its source after it was received is due again.</summary>
public sealed class SourceChangeTests
{
    private static readonly DateTimeOffset Received = Sample.BeforeDue;

    [Fact]
    public void Change_NewerThanWhatWasReceived_MakesTheReportDueAgain_AndLeavesItsDeadline()
    {
        var told = Tell(Sample.SubmittedReport, Received.AddHours(2), Received.AddHours(3));

        told.Events.ShouldHaveSingleItem().ShouldBeOfType<ReportSourceChanged>().ChangedAt.ShouldBe(Received.AddHours(2));
        var report = told.Report;
        (report.State, report.Punctuality, report.DueAt, report.OverdueSince).ShouldBe((ReportState.Submitted, Punctuality.OnTime, Sample.DueAt, null));
        // 23 November 2026 is a Monday, the 24th Vietnamese Culture Day.
        report.UpdateOwed.ShouldNotBeNull().DueAt.ShouldBe(Province.At("2026-11-25 17:00"));
        Obligation.StateAt(report, Province.At("2026-11-25 16:59")).ShouldBe(ObligationState.DueSoon);
        Obligation.StateAt(report, Province.At("2026-11-25 17:00")).ShouldBe(ObligationState.Overdue);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public void Change_ThatWasReceived_OwesNothing(int hours)
    {
        Tell(Sample.SubmittedReport, Received.AddHours(hours), Received.AddHours(3)).Events.ShouldBeEmpty();
        SourceChangeDecider.StandingOf(Sample.SubmittedReport, Received.AddHours(hours)).ShouldBe(SourceStanding.Covered);
    }

    [Fact]
    public void Change_OfWhatNeverCame_IsOwedByTheReportsOwnDeadline()
    {
        Tell(Sample.OpenReport, Received, Received).Events.ShouldBeEmpty();
        SourceChangeDecider.StandingOf(Sample.OpenReport, Received).ShouldBe(SourceStanding.Awaited);
    }

    [Theory]
    [InlineData("2026-11-27 08:00", 1, "2026-11-30 17:00")] // a Friday
    [InlineData("2026-11-28 08:00", 1, "2026-11-30 17:00")] // a Saturday
    [InlineData("2026-11-27 08:00", 3, "2026-12-02 17:00")]
    [InlineData("2026-12-31 23:59", 1, "2027-01-04 17:00")] // the new year, a Friday, is off
    public void Due_AtTheEndOfAWorkingDay(string changedAt, int days, string due) =>
        SourceChange.Of(Province.At(changedAt), days, locksAt: null, Province.Calendar, Province.Time).DueAt.ShouldBe(Province.At(due));

    [Fact]
    public void Due_NoLaterThanTheLock()
    {
        var late = Sample.LockAt.AddHours(-2);
        Tell(Sample.SubmittedReport, late, late).Report.UpdateOwed.ShouldNotBeNull().DueAt.ShouldBe(Sample.LockAt);
        Tell(Sample.SubmittedReport, Sample.LockAt, Sample.LockAt).Errors.ShouldHaveSingleItem().Code.ShouldBe(JudgementCodes.PeriodLocked);
    }

    [Fact]
    public void SourcesClock_MayRunAheadByMinutes()
    {
        var now = Received.AddHours(1);
        Tell(Sample.SubmittedReport, now.AddMinutes(6), now).Errors.ShouldHaveSingleItem().Code.ShouldBe(JudgementCodes.FutureSource);
        ReportDecider.Decide(Sample.SubmittedReport, Sample.Submit(at: now) with { SourceAt = now.AddMinutes(6) }, Sample.Accepted).Errors.ShouldHaveSingleItem().Pointer.ShouldBe("/sourceAt");
        // The term is reckoned by the centre's clock: 23:58 of the day, whatever the source calls it.
        var midnight = Province.At("2026-11-25 23:58");
        Tell(Sample.SubmittedReport, midnight.AddMinutes(4), midnight).Report.UpdateOwed.ShouldNotBeNull().DueAt.ShouldBe(Province.At("2026-11-26 17:00"));
    }

    [Theory]
    [InlineData("tell submit")]
    [InlineData("tell submit tell")]
    [InlineData("tell tell submit tell")]
    [InlineData("submit+ tell")]
    [InlineData("submit+ tell tell")]
    [InlineData("tell submit+ tell")]
    public void SourceWhoseClockIsWrong_OwesNothingThatItSent(string acts)
    {
        var (report, now) = (Sample.SubmittedReport, Received.AddHours(1));
        var said = now.AddMinutes(3);
        foreach (var act in acts.Split(' '))
        {
            now = now.AddSeconds(10);
            report = act switch { "tell" => Tell(report, said, now).Report, "submit+" => Submit(report, now, said), _ => Submit(report, now) };
        }

        report.UpdateOwed.ShouldBeNull();
        SourceChangeDecider.StandingOf(report, said).ShouldBe(SourceStanding.Covered);
        Tell(report, said.AddSeconds(1), now).Report.UpdateOwed.ShouldNotBeNull("what is newer is owed");
    }

    [Fact]
    public void Excuse_HoldsForUpdates_AndAnUpdateCanBeExcused()
    {
        var at = Received.AddHours(2);
        var owed = Tell(Sample.SubmittedReport, at, at).Report;
        var excused = UrgingDecider.Excuse(owed, "15/UBND", "Bão số 13", "hanh", at.AddHours(1)).Report;

        excused.UpdateDue.ShouldBeNull();
        Obligation.StateAt(excused, at.AddDays(9)).ShouldBe(ObligationState.Submitted);
        UrgingDecider.IsOwed(excused, at.AddDays(9)).ShouldBeFalse();
        SourceChangeDecider.StandingOf(excused, at.AddHours(2)).ShouldBe(SourceStanding.Excused);
        Tell(excused, at.AddHours(2), at.AddHours(2)).Events.ShouldBeEmpty();
        var again = UrgingDecider.EndExcuse(excused, "Đã có điện", "hanh", at.AddDays(8)).Report;
        Obligation.StateAt(again, at.AddDays(9)).ShouldBe(ObligationState.Overdue);
        UrgingDecider.Excuse(Sample.SubmittedReport, "15/UBND", "Bão số 13", "hanh", at).Accepted.ShouldBeFalse("what was received needs none");
    }

    [Fact]
    public void SentBack_IsToBeMended_UntilTheUpdatesOwnInstantHasPassed()
    {
        var at = Received.AddHours(2);
        var returned = Tell(Sample.SubmittedReport, at, at).Report.Apply(new ReportReturned(1, [new("YT01", "QNM", "Lệch")], "hanh", at));
        Obligation.StateAt(returned, Province.At("2026-11-25 16:59")).ShouldBe(ObligationState.Returned);
        Obligation.StateAt(returned, Province.At("2026-11-25 17:00")).ShouldBe(ObligationState.Overdue);
    }

    [Fact]
    public void Submission_OfAnOlderState_SettlesOnlyWhatItReflects()
    {
        var (first, second) = (Received.AddHours(1), Received.AddHours(30));
        var report = Tell(Tell(Sample.SubmittedReport, first, first).Report, second, second).Report;
        report.UpdateOwed.ShouldNotBeNull().ChangedAt.ShouldBe(first, "changes that follow join the first");

        Submit(report, second.AddHours(1), sourceAt: first.AddMinutes(-1)).UpdateOwed.ShouldBe(report.UpdateOwed, "older than the first");
        var half = Submit(report, second.AddHours(1), sourceAt: first);
        half.UpdateOwed.ShouldBe(SourceChange.Of(second, 1, report.LocksAt, Province.Calendar, Province.Time));
        Submit(half, second.AddHours(2)).UpdateOwed.ShouldBeNull();
        ReportDecider.Decide(report, Sample.Submit(complete: false, at: second.AddHours(1)), Sample.Accepted).Report.UpdateOwed.ShouldBe(report.UpdateOwed, "a draft settles nothing");
    }

    /// <summary>Against a model that keeps every change and asks of each whether it was received.</summary>
    [Fact]
    public void AnySequence_IsAsAModelThatForgetsNothingSays()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var (report, now) = (Sample.SubmittedReport, Received);
            var (told, reflected) = (new List<DateTimeOffset>(), Received);
            for (var step = 0; step < 30; step++)
            {
                now += TimeSpan.FromMinutes(random.Next(0, 900));
                var of = now.AddMinutes(-random.Next(0, 1500));
                switch (random.Next(3))
                {
                    case 0:
                        report = Tell(report, of, now).Report;
                        // What is older than something already told of is not news.
                        if (of > reflected && told.TrueForAll(t => t < of)) told.Add(of);
                        break;
                    case 1:
                        report = Submit(report, now, of);
                        reflected = reflected > of ? reflected : of;
                        break;
                    default:
                        report = Submit(report, now);
                        reflected = now;
                        break;
                }

                told.RemoveAll(t => t <= reflected);
                (report.UpdateOwed is not null).ShouldBe(told.Count > 0, $"seed {seed}, step {step}");
                (report.NewestChange?.ChangedAt).ShouldBe(told.Count > 0 ? told.Max() : null, $"seed {seed}, step {step}");
                report.SourceAt.ShouldBe(reflected);
                if (report.UpdateOwed is { } owed) told.ShouldContain(owed.ChangedAt, $"seed {seed}, step {step}");
            }
        }
    }

    private static ReportDecision Tell(Report report, DateTimeOffset changedAt, DateTimeOffset at) =>
        SourceChangeDecider.Tell(report, new(changedAt, "SYT", at), workingDays: 1, Province.Calendar, Province.Time);

    private static Report Submit(Report report, DateTimeOffset at, DateTimeOffset? sourceAt = null) =>
        ReportDecider.Decide(report, Sample.Submit(at: at) with { SourceAt = sourceAt }, Sample.Accepted).Report;
}
