using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Escalation;

/// <summary>When a step is taken, when nobody is written to, and who is told about what.</summary>
public sealed class LadderTests
{
    // The 23rd is a Monday; the 24th, Vietnamese Culture Day, is off.
    [Theory]
    [InlineData("2026-11-25 17:00", 0, null, "2026-11-25 17:00")]
    [InlineData("2026-11-25 17:00", 0, "07:00", "2026-11-25 07:00")]
    [InlineData("2026-11-25 17:00", -2, "08:00", "2026-11-20 08:00")]
    [InlineData("2026-11-25 17:00", -1, null, "2026-11-23 17:00")]
    [InlineData("2026-11-23 17:00", 1, "08:30", "2026-11-25 08:30")]
    [InlineData("2026-11-27 17:00", 1, null, "2026-11-30 17:00")]
    [InlineData("2026-02-12 17:00", 3, "08:30", "2026-02-24 08:30")]
    public void Step_IsReckonedInWorkingDaysFromTheDeadline(string due, int days, string? at, string expected) =>
        new LadderStep("x", days, at is null ? null : TimeOnly.Parse(at, System.Globalization.CultureInfo.InvariantCulture), [Audience.Head])
            .InstantFor(Province.At(due), Province.Calendar, Province.Time).ShouldBe(Province.At(expected));

    [Theory]
    [InlineData("2026-11-25 10:00", "2026-11-25 10:00")]
    [InlineData("2026-11-25 07:00", "2026-11-25 07:00")]
    [InlineData("2026-11-25 18:00", "2026-11-26 07:00")]
    [InlineData("2026-11-25 05:10", "2026-11-25 07:00")]
    [InlineData("2026-11-27 23:00", "2026-11-30 07:00")]
    [InlineData("2026-11-24 10:00", "2026-11-25 07:00")]
    [InlineData("2026-11-28 06:00", "2026-11-30 07:00")]
    public void Letter_InQuietHours_WaitsForTheOffice(string at, string expected) =>
        QuietHours.Usual.FirstAfter(Province.At(at), Province.Calendar, Province.Time).ShouldBe(Province.At(expected));

    [Fact]
    public void Plan_HoldsOnlyWhatIsToCome()
    {
        var due = Province.At("2026-11-25 17:00");
        var ladder = Ladder.Usual(Rhythm.Monthly);

        LadderPlan.Of(ladder, due, Province.Calendar, Province.Time, Province.At("2026-11-01 00:00")).Select(s => s.Step.Code).ShouldBe(["remind", "due", "centre", "office"]);
        LadderPlan.Of(ladder, due, Province.Calendar, Province.Time, due).Select(s => s.Step.Code).ShouldBe(["centre", "office"]);
    }

    [Fact]
    public void StepsThatCameTogether_TellOnceAboutEachReport_AndEachReaderOnce()
    {
        var now = Province.At("2026-11-27 10:00");
        var monday = Province.At("2026-11-23 17:00");
        DueStep[] due =
        [
            Step("A-D/A/2026-11-20", "A", monday, "due", monday, Audience.Reporters, Audience.Head),
            Step("A-D/A/2026-11-20", "A", monday, "centre", Province.At("2026-11-25 08:30"), Audience.Centre),
            Step("A-W/A/2026-W47", "A", monday, "centre", Province.At("2026-11-25 08:30"), Audience.Centre),
            Step("B-D/B/2026-11-20", "B", monday, "centre", Province.At("2026-11-27 09:30"), Audience.Centre),
            Step("B-W/B/2026-W47", "B", monday, "centre", Province.At("2026-11-25 08:30"), Audience.Centre) with { IsOwed = false },
        ];

        var (outcomes, tellings) = EscalationDecider.Decide(due, (to, agency) => to == Audience.Centre ? "IOC" : agency, now);

        outcomes.Single(o => o.Step.Report.StartsWith("A-D", StringComparison.Ordinal) && o.Step.Step == "due").Outcome.ShouldBe(StepOutcome.Superseded);
        outcomes.Single(o => o.Step.Report.StartsWith("B-W", StringComparison.Ordinal)).Outcome.ShouldBe(StepOutcome.NotNeeded);
        tellings.Select(t => (t.Agency, t.Reader, t.Items.Length)).ShouldBe([("A", "IOC", 2), ("B", "IOC", 1)], ignoreOrder: true);
        tellings.Single(t => t.Agency == "A").Items.ShouldAllBe(i => i.IsMissed);
        tellings.Single(t => t.Agency == "B").Items.ShouldAllBe(i => !i.IsMissed);
    }

    /// <summary>What is over silences nothing, and neither does what a report owes by another of its clocks.</summary>
    [Fact]
    public void ClocksOfOneReport_AreToldEachByItself()
    {
        var monday = Province.At("2026-11-23 17:00");
        DueStep[] due =
        [
            Step("A-D/A/2026-11-20", "A", monday, "centre", monday.AddDays(2), Audience.Centre) with { IsOwed = false },
            Step("A-D/A/2026-11-20", "A", monday, LadderRules.Reserved, monday, Audience.Reporters),
            Step("A-D/A/2026-11-20", "A", monday, LadderRules.UpdatePrefix + "1", monday, Audience.Reporters),
            Step("A-D/A/2026-11-20", "A", monday, LadderRules.UpdatePrefix + "0", monday.AddDays(-1), Audience.Reporters),
        ];

        var (outcomes, tellings) = EscalationDecider.Decide(due, EscalationBodies.ReaderOf, monday.AddDays(2));

        outcomes.OrderBy(o => Array.IndexOf(due, o.Step)).Select(o => o.Outcome).ShouldBe([StepOutcome.NotNeeded, StepOutcome.Told, StepOutcome.Told, StepOutcome.Superseded]);
        tellings.ShouldHaveSingleItem().Items.Select(i => i.Step).ShouldBe([LadderRules.Reserved, LadderRules.UpdatePrefix + "1"], ignoreOrder: true);
    }

    [Fact]
    public void StepsOfOtherWords_AreToldApart_AndThoseOfTheSameTogether()
    {
        var monday = Province.At("2026-11-23 17:00");
        var own = StepMeans.Usual with { Texts = new(new("a", "b"), new("c", "d")) };
        DueStep[] due =
        [
            Step("A-D/A/2026-11-20", "A", monday, "due", monday, Audience.Head) with { Means = own },
            // The same words, written once more.
            Step("A-W/A/2026-W47", "A", monday, "due", monday, Audience.Head) with { Means = StepMeans.Usual with { Texts = new(new("a", "b"), new("c", "d")) } },
            Step("A-M/A/2026-11", "A", monday, "due", monday, Audience.Head),
        ];

        var (_, tellings) = EscalationDecider.Decide(due, EscalationBodies.ReaderOf, monday);

        tellings.Select(t => (t.Means.Texts is null, t.Items.Length)).ShouldBe([(false, 2), (true, 1)], ignoreOrder: true);
    }

    private static DueStep Step(string report, string agency, DateTimeOffset dueAt, string code, DateTimeOffset at, params Audience[] to) =>
        new(report, agency, dueAt, IsOwed: true, code, at, [.. to]);
}
