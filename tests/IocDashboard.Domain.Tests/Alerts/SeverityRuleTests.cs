using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Tests.Alerts;

public class SeverityRuleTests
{
    private static readonly Thresholds Falling = new(7, 7, 5, 3, 0, "illustrative");
    private static readonly Thresholds Rising = new(null, null, 6.5m, 8, 9, "sourced");

    [Theory]
    [InlineData(7, Severity.Normal)]
    [InlineData(5, Severity.Normal)]
    [InlineData(4.99, Severity.Warning)]
    [InlineData(2.99, Severity.Critical)]
    [InlineData(0, Severity.Critical)]
    [InlineData(-9.8, Severity.Extreme)]
    public void HigherIsBetter_BelowALimit_IsWorse(double value, Severity expected) =>
        SeverityRule.Of(Sample.Indicator(direction: Direction.Higher, limits: Falling), (decimal)value).ShouldBe(expected);

    [Theory]
    [InlineData(Direction.Lower, 6.49, Severity.Normal)]
    [InlineData(Direction.Lower, 6.5, Severity.Warning)]
    [InlineData(Direction.Lower, 8, Severity.Critical)]
    [InlineData(Direction.Lower, 9, Severity.Extreme)]
    [InlineData(Direction.Band, 6.5, Severity.Warning)]
    [InlineData(Direction.Band, 12, Severity.Extreme)]
    public void LowerOrBand_AtALimit_IsWorse(Direction direction, double value, Severity expected) =>
        SeverityRule.Of(Sample.Indicator(direction: direction, limits: Rising), (decimal)value).ShouldBe(expected);

    [Fact]
    public void Severity_OfMissingValue_IsNormal() =>
        SeverityRule.Of(Sample.Indicator(limits: Rising), null).ShouldBe(Severity.Normal);

    [Fact]
    public void Severity_OfContextFigure_IsNormal() =>
        SeverityRule.Of(Sample.Indicator(direction: Direction.Context, limits: Rising), 99).ShouldBe(Severity.Normal);

    [Fact]
    public void Severity_WithGapsAmongLimits_SkipsThem() =>
        SeverityRule.Of(Sample.Indicator(limits: Rising with { Critical = null, Extreme = null }), 99).ShouldBe(Severity.Warning);

    [Fact]
    public void Severity_OfADistrictsPartOfASumThatIsToBeHigh_IsNormal()
    {
        var indicator = Sample.Indicator(direction: Direction.Higher, limits: Falling);
        SeverityRule.Of(indicator, Area.ProvinceCode, -1_000).ShouldBe(SeverityRule.Of(indicator, -1_000));
        SeverityRule.Of(indicator, Area.ProvinceCode, -1_000).ShouldNotBe(Severity.Normal);
        SeverityRule.Of(indicator, "TKY", -1_000).ShouldBe(Severity.Normal);
    }

    [Fact]
    public void Severity_OfADistrictsPartThatAloneCrossesTheLimitOfTheWhole_IsAbnormal() =>
        SeverityRule.Of(Sample.Indicator(direction: Direction.Lower, limits: Rising), "TKY", 1_000_000).ShouldNotBe(Severity.Normal);
}
