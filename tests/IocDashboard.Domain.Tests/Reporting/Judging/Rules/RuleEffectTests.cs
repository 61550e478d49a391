using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using static IocDashboard.Domain.Tests.Reporting.Judging.Rules.RuleSample;

namespace IocDashboard.Domain.Tests.Reporting.Judging.Rules;

/// <summary>What follows from a violation, where it is said, and which figures stand in for those that a message leaves out.</summary>
public class RuleEffectTests
{
    private static readonly JudgementRule Part = Rule(RuleKind.PartOfWhole, ["YT01"], ["YT02"]);

    [Fact]
    public void Violation_IsWhatTheRuleSays()
    {
        Judgement With(RuleEffect effect, string? note) => Judge(Part with { Effect = effect }, [Sample.Value(0, "YT01", value: 9, note: note), Sample.Value(1, "YT02", value: 5)]);

        With(RuleEffect.Block, "vì").Errors.Found().ShouldBe(["/values/0/value part-over-whole"]);
        With(RuleEffect.Comment, null).Errors.Found().ShouldBe(["/values/0/note comment-required"]);
        With(RuleEffect.Comment, " ").Errors.Found().ShouldBe(["/values/0/note comment-required"]);
        var explained = With(RuleEffect.Comment, "vì");
        (explained.Accepted, explained.Warnings.Found().Single()).ShouldBe((true, "/values/0/value part-over-whole"));
        var asked = With(RuleEffect.Ask, null);
        (asked.Accepted, asked.Warnings.Found().Single()).ShouldBe((true, "/values/0/value part-over-whole"));
        asked.Warnings[0].Arguments.ShouldBe(["YT01", "QNM", "9", "5", "a-rule", "Vì sao", "Why"]);
    }

    [Theory]
    [InlineData("2026-11-23T08:59:59Z", false)]
    [InlineData("2026-11-23T06:00:00Z", true)]
    public void Rule_JudgesFromItsInstantOn(string since, bool judges)
    {
        var book = new RuleBook([On(Part, DateTimeOffset.Parse(since, System.Globalization.CultureInfo.InvariantCulture))]);

        Judge(book, [Sample.Value(0, "YT01", value: 9), Sample.Value(1, "YT02", value: 5)]).Accepted.ShouldBe(!judges);
    }

    [Theory]
    [InlineData(RuleState.Trial)]
    [InlineData(RuleState.Off)]
    public void Rule_ThatIsNotOn_JudgesNothing(RuleState state)
    {
        var book = new RuleBook([On(Part, state: state)]);

        book.Of(Sample.Form, Sample.Indicators).ShouldBeSameAs(FormRules.None);
        Judge(book, [Sample.Value(0, "YT01", value: 9), Sample.Value(1, "YT02", value: 5)]).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void Cell_ThatTheMessageLeavesOut_TakesTheValueThatStands()
    {
        decimal? Stands(RuleFigure figure) => figure.Indicator == "YT02" ? 5 : null;

        Judge(Part, [Sample.Value(0, "YT01", value: 9)], Stands).Errors.Found().ShouldBe(["/values/0/value part-over-whole"]);
        Judge(Part, [Sample.Value(0, "YT02", value: 5)], f => f.Indicator == "YT01" ? 9 : null).Errors.Found().ShouldBe(["/values/0/value part-over-whole"]);
        Judge(Part, [Sample.Value(0, "YT03", value: 5)], _ => 9).Errors.ShouldBeEmpty("none of its cells is in the message");
    }

    [Fact]
    public void Cell_ThatIsWrongInItself_IsNotComparedAndNothingStandsInForIt() =>
        Judge(Part, [Sample.Value(0, "YT01", value: 9), Sample.Value(1, "YT02", value: 5.5m)], _ => 1).Errors.Found().ShouldBe(["/values/1/value bad-precision"]);

    [Fact]
    public void Needs_AreTheFiguresBeyondTheMessage()
    {
        var rules = Book(Part, Rule(RuleKind.YearAgoChange, [], limits: new(Absolute: 1), code: "b-rule")).Of(Sample.Form, Sample.Indicators);

        rules.Needs(new HashSet<(string, string)> { ("YT01", "TKY") }, Period, Sample.BeforeDue).ShouldBe(
            [new("YT02", "TKY", RuleMoment.Standing, Rhythm.Weekly), new("YT01", "TKY", RuleMoment.YearAgo, Rhythm.Weekly)], ignoreOrder: true);
    }

    [Fact]
    public void AnyMessage_JudgedWhole_IsJudgedAsItsPartsBesideWhatStands() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20]).Sample((total, first, second) =>
        {
            var rule = Rule(RuleKind.AreaSum, ["YT01"]);
            SubmittedValue[] whole = [Sample.Value(0, value: total), Sample.Value(1, area: "TKY", value: first), Sample.Value(2, area: "HAN", value: second)];

            var judged = Judge(rule, whole).Accepted;

            foreach (var cell in whole)
                Judge(rule, [cell], f => whole.Single(v => v.Area == f.Area).Value).Accepted.ShouldBe(judged);
        });

    [Fact]
    public void Switch_NeedsARuleAReasonAndAnotherState()
    {
        RuleDecider.Switch(null, RuleState.On, "vì").ShouldBe(RuleRefusal.UnknownRule);
        RuleDecider.Switch(On(Part), RuleState.On, "vì").ShouldBe(RuleRefusal.AlreadySo);
        RuleDecider.Switch(On(Part), RuleState.Off, " ").ShouldBe(RuleRefusal.NoReason);
        RuleDecider.Switch(On(Part), RuleState.Off, "vì").ShouldBeNull();
    }
}
