using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using static IocDashboard.Domain.Tests.Reporting.Judging.Rules.RuleSample;

namespace IocDashboard.Domain.Tests.Reporting.Judging.Rules;

/// <summary>Each kind of rule: what violates it, and for any figures that exactly the violation is found.</summary>
public class RuleKindTests
{
    private static readonly Gen<decimal> Figures = Gen.Int[0, 2_000].Select(n => n / 10m);

    [Theory]
    [InlineData(4.9, true)]
    [InlineData(5, false)]
    [InlineData(9, false)]
    [InlineData(9.1, true)]
    public void Range_IsBrokenBeyondItsBounds(double value, bool broken) =>
        Judge(Rule(RuleKind.Range, ["YT01"], limits: new(Least: 5, Most: 9)), [Sample.Value(0, value: (decimal)value)]).Errors.Found()
            .ShouldBe(broken ? ["/values/0/value rule-range"] : []);

    [Theory]
    [InlineData(3.5, true)]
    [InlineData(3, false)]
    public void Precision_IsBrokenByMoreDecimals(double value, bool broken) =>
        Judge(Rule(RuleKind.Precision, ["YT01"], limits: new(Decimals: 0)), [Sample.Value(0, value: (decimal)value)]).Errors.Found()
            .ShouldBe(broken ? ["/values/0/value rule-precision"] : []);

    [Theory]
    [InlineData(RuleKind.PreviousChange, RuleMoment.Previous)]
    [InlineData(RuleKind.YearAgoChange, RuleMoment.YearAgo)]
    public void Change_IsTooLarge_WhenBothItsShareAndItsSizeAre(RuleKind kind, RuleMoment moment) => Gen.Select(Figures, Figures).Sample((value, before) =>
    {
        var rule = Rule(kind, ["YT01"], limits: new(Relative: 0.5m, Absolute: 10));

        var errors = Judge(rule, [Sample.Value(0, value: value)], f => f == new RuleFigure("YT01", "QNM", moment, Rhythm.Weekly) ? before : null).Errors;

        errors.Any().ShouldBe(Math.Abs(value - before) > 10 && Math.Abs(value - before) > before / 2);
        if (errors is [var error]) error.ShouldBe(error with { Pointer = "/values/0/value", Code = "change-too-large" });
    });

    [Fact]
    public void Change_WithoutAnEarlierFigure_IsNotJudged() =>
        Judge(Rule(RuleKind.PreviousChange, ["YT01"], limits: new(Absolute: 1)), [Sample.Value(0, value: 900)]).Errors.ShouldBeEmpty();

    [Fact]
    public void Total_OfAnyParts_IsBroken_ExactlyWhenItIsNotTheirSum() => Gen.Select(Figures, Figures, Figures, Gen.Int[0, 3]).Sample((total, first, second, tolerance) =>
    {
        var errors = Judge(
            Rule(RuleKind.AreaSum, ["YT01"], limits: new(Absolute: tolerance)),
            [Sample.Value(0, area: "TKY", value: first), Sample.Value(1, value: total), Sample.Value(2, area: "HAN", value: second)]).Errors;

        errors.Found().ShouldBe(Math.Abs(total - first - second) > tolerance ? ["/values/1/value sum-mismatch"] : []);
        if (errors is [var error]) error.Arguments[3].ShouldBe(CellText(first + second));
    }, iter: 500);

    [Fact]
    public void Total_OfIndicators_IsComparedAreaByArea() => Gen.Select(Figures, Figures).Sample((total, part) =>
        Judge(
            Rule(RuleKind.IndicatorSum, ["YT01"], ["YT02"]),
            [Sample.Value(0, "YT01", "TKY", total), Sample.Value(1, "YT02", "TKY", decimal.Round(part)), Sample.Value(2, "YT01", "HAN", 5), Sample.Value(3, "YT02", "HAN", 5)])
            .Errors.Found().ShouldBe(total == decimal.Round(part) ? [] : ["/values/0/value sum-mismatch"]));

    [Fact]
    public void Total_WithAPartMissing_IsNotJudged() =>
        Judge(
            Rule(RuleKind.AreaSum, ["YT01"]),
            [Sample.Value(0, value: 9), Sample.Value(1, area: "TKY", value: 2), Sample.Value(2, area: "HAN", value: null, status: "missing", note: "chưa có")]).Accepted.ShouldBeTrue();

    [Fact]
    public void Part_OfAnyWhole_IsBroken_ExactlyWhenItIsGreater() => Gen.Select(Figures, Figures).Sample((part, whole) =>
        Judge(Rule(RuleKind.PartOfWhole, ["YT01"], ["YT02"]), [Sample.Value(0, "YT02", value: decimal.Round(whole)), Sample.Value(1, "YT01", value: part)])
            .Errors.Found().ShouldBe(part > decimal.Round(whole) ? ["/values/1/value part-over-whole"] : []));

    [Fact]
    public void Cumulative_NeverFalls_WithinItsYear() => Gen.Select(Figures, Figures).Sample((value, before) =>
    {
        var rule = Rule(RuleKind.CumulativeNeverFalls, ["YT01"]);
        string[] In(string period) => Judge(rule, [Sample.Value(0, value: value)], _ => before, ReportingPeriod.Parse(period)).Errors.Found();

        In("2026-W02").ShouldBe(value < before ? ["/values/0/value cumulative-fell"] : []);
        In("2026-W01").ShouldBeEmpty();
    });

    [Fact]
    public void Figure_OfAnotherForm_IsThatOfThePeriodThatContainsTheReport()
    {
        var indicators = Sample.Indicators.SetItem("KT01", Sample.Indicator("KT01", Rhythm.Monthly));
        FormRules RulesOf(bool endingTogether) => RuleBook.Only(
            Rule(RuleKind.EqualAcrossForms, ["YT01"], ["KT01"], new(Absolute: 1, EndingTogether: endingTogether)), Sample.Form, indicators);
        var cells = new Dictionary<(string, string), GivenCell> { [("YT01", "QNM")] = new(0, 12, null) };
        decimal? Other(RuleFigure figure) => figure.PeriodFor(Period).ToString() == "2026-11" ? 20 : null;

        RulesOf(false).Violations(cells, Period, Other).ShouldHaveSingleItem().Expected.ShouldBe(20);
        RulesOf(false).Violations(cells, Period, _ => 13).ShouldBeEmpty();
        RulesOf(true).Violations(cells, Period, Other).ShouldBeEmpty("the week does not end with the month");
        RulesOf(true).Violations(cells, ReportingPeriod.Parse("2026-W22"), f => f.PeriodFor(ReportingPeriod.Parse("2026-W22")).ToString() == "2026-05" ? 20 : null).ShouldHaveSingleItem();
    }

    [Fact]
    public void Figure_ThatTheSenderMayNotRead_IsNotComparedWith()
    {
        var indicators = Sample.Indicators.SetItem("KT01", Sample.Indicator("KT01", Rhythm.Monthly) with { Agency = "CTK", Sharing = SharingClass.Specific });

        RuleBook.Only(Rule(RuleKind.EqualAcrossForms, ["YT01"], ["KT01"]), Sample.Form, indicators).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Figures_OfTwentyEightDigits_AreComparedOrLeftAlone() =>
        RuleComparison.Broken(Rule(RuleKind.AreaSum, ["YT01"]), 1, Enumerable.Repeat(9_999_999_999_999_999_999_999_999_999m, 18).ToArray()).ShouldBeNull();

    private static string CellText(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
