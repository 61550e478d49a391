using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;

namespace IocDashboard.Domain.Tests.Escalation;

/// <summary>Which ladders can be set, and what their words may name.</summary>
public sealed class LadderRulesTests
{
    private static readonly StepText Plain = new("Nhắc {count}", "Gửi {agency}: {reports}, hạn {due}");

    [Theory]
    [InlineData(Rhythm.Daily), InlineData(Rhythm.Weekly), InlineData(Rhythm.Monthly), InlineData(Rhythm.Quarterly), InlineData(Rhythm.HalfYearly), InlineData(Rhythm.Yearly)]
    public void Usual_CanBeSet(Rhythm rhythm) => LadderRules.Judge(Ladder.Usual(rhythm)).ShouldBeEmpty();

    [Theory]
    [InlineData(LadderRules.NoSteps)]
    [InlineData(LadderRules.TooManySteps)]
    [InlineData(LadderRules.BadCode)]
    [InlineData(LadderRules.CodeTwice)]
    [InlineData(LadderRules.TooFar)]
    [InlineData(LadderRules.BadHour)]
    [InlineData(LadderRules.NoAudience)]
    [InlineData(LadderRules.NotInOrder)]
    [InlineData(LadderRules.BadQuiet)]
    [InlineData(LadderRules.TextIncomplete)]
    [InlineData(LadderRules.TextTooLong)]
    [InlineData(LadderRules.UnknownPlaceholder)]
    public void EveryCode_HasALadderThatIsRefusedByItAlone(string code) => LadderRules.Judge(RefusedBy(code)).Select(f => f.Code).Distinct().ShouldBe([code]);

    [Fact]
    public void CodeOfWhatIsSentBack_IsNotALaddersOwn() => LadderRules.Judge(Of(Step(LadderRules.Reserved, 0, null))).ShouldHaveSingleItem().Code.ShouldBe(LadderRules.BadCode);

    [Fact]
    public void Codes_AreAllTried() => LadderRules.Codes.Count.ShouldBe(12);

    [Theory]
    [InlineData("Kính gửi {agency}: {count} báo cáo, hạn {due}.\n{reports}", null)]
    [InlineData("Kính gửi {Agency}", "{Agency}")]
    [InlineData("Hạn {due} {deadline}", "{deadline}")]
    [InlineData("Ngoặc { lẻ", "{")]
    [InlineData("Ngoặc } lẻ", "}")]
    [InlineData("{{count}}", "{")]
    [InlineData("{}", "{}")]
    [InlineData("{count\n}", "{")]
    public void Placeholder_ThatNothingStandsFor_IsFound(string text, string? unknown) => Placeholders.Unknown(text).ShouldBe(unknown);

    [Fact]
    public void Fill_PutsInWhatStandsForEach_AndReadsNothingOfItAgain() =>
        Placeholders.Fill("{agency} · {count} · {due} · {reports}", name => name == "agency" ? "{count}" : name.ToUpperInvariant()).ShouldBe("{count} · COUNT · DUE · REPORTS");

    [Fact]
    public void TwoStepsOfADay_OneOfThemAtTheDeadlinesHour_AreInOrderEitherWay()
    {
        LadderStep own = Step("own", 0, null), seven = Step("seven", 0, new(7, 0));

        LadderRules.Judge(Of(own, seven)).ShouldBeEmpty();
        LadderRules.Judge(Of(seven, own)).ShouldBeEmpty();
        LadderRules.Judge(Of(own, Step("again", 0, null))).ShouldHaveSingleItem().Code.ShouldBe(LadderRules.NotInOrder);
    }

    private static Ladder RefusedBy(string code) => code switch
    {
        LadderRules.NoSteps => Of(),
        LadderRules.TooManySteps => Of([.. Enumerable.Range(0, LadderRules.MostSteps + 1).Select(i => Step($"s{i}", i, null))]),
        LadderRules.BadCode => Of(Step("Nhắc", 0, null)),
        LadderRules.CodeTwice => Of(Step("a", 0, null), Step("a", 1, null)),
        LadderRules.TooFar => Of(Step("a", LadderStep.Latest + 1, null)),
        LadderRules.BadHour => Of(Step("a", 0, new(4, 59))),
        LadderRules.NoAudience => Of(Step("a", 0, null) with { To = [] }),
        LadderRules.NotInOrder => Of(Step("a", 1, null), Step("b", 0, null)),
        LadderRules.BadQuiet => Of(Step("a", 0, null)) with { Quiet = new(new(8, 30), new(7, 0), false) },
        LadderRules.TextIncomplete => Of(Worded(Plain, Plain with { Body = " " })),
        LadderRules.TextTooLong => Of(Worded(Plain with { Subject = "Nhắc\r\nBcc: x" }, Plain)),
        _ => Of(Worded(Plain, Plain with { Subject = "{reports}" })),
    };

    private static Ladder Of(params ImmutableArray<LadderStep> steps) => new(Rhythm.Daily, steps, QuietHours.Usual);

    private static LadderStep Step(string code, int days, TimeOnly? at) => new(code, days, at, [Audience.FocalPoint]);

    private static LadderStep Worded(StepText vi, StepText en) => Step("a", 0, null) with { Means = StepMeans.Usual with { Texts = new(vi, en) } };
}
