using CsCheck;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Judging;

public class OutlierTests
{
    private static readonly decimal[] Past = [10, 12, 11, 13, 12, 11, 10, 12];

    [Theory]
    [InlineData(11.5, false)]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(8, false)]
    [InlineData(7, true)]
    public void Value_BeyondThreeAndAHalf_StandsOut(double value, bool expected) =>
        Outlier.Is((decimal)value, Past, 0).ShouldBe(expected);

    [Fact]
    public void Score_OfAKnownSeries_IsTheModifiedZ() =>
        // Median 11.5, median deviation 1: 0.6745 × (15 - 11.5) ÷ 1.
        Outlier.Score(15, [10, 12, 11, 13, 12, 11, 10, 13], 0)!.Value.ShouldBe(2.36075, 1e-9);

    [Fact]
    public void Score_OfAnySeries_IsTheTextbooks() => Gen.Select(Gen.Int[-50, 50], Gen.Int[-50, 50].Array[8, 30]).Sample((value, past) =>
    {
        var median = Median(past.Select(p => (double)p));
        var deviation = Median(past.Select(p => Math.Abs(p - median)));
        var scale = deviation > 0 ? deviation / 0.6745 : 1.253314 * past.Average(p => Math.Abs(p - median));

        Outlier.Score(value, [.. past.Select(p => (decimal)p)], 6)!.Value.ShouldBe((value - median) / Math.Max(scale, 1e-6), 1e-6);
    });

    [Fact]
    public void Value_AfterAShortPast_NeverStandsOut() => Outlier.Is(1_000_000, Past[..7], 0).ShouldBeFalse();

    [Fact]
    public void Value_AfterAPastThatIsMostlyOneValue_IsJudgedByTheMeanDeviation()
    {
        decimal[] past = [5, 5, 5, 5, 5, 5, 5, 13];

        Outlier.Score(9, past, 0)!.Value.ShouldBe(4 / 1.253314, 1e-9);
        Outlier.Is(9, past, 0).ShouldBeFalse();
        Outlier.Is(12, past, 0).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(0, 3, false)]
    [InlineData(0, 4, true)]
    [InlineData(2, 0.01, false)]
    [InlineData(2, 1, true)]
    public void Value_AfterAConstantPast_MayMoveByRoundingAlone(int decimals, double step, bool expected) =>
        Outlier.Is(100 + (decimal)step, [100, 100, 100, 100, 100, 100, 100, 100], decimals).ShouldBe(expected);

    [Fact]
    public void Value_AfterALongPast_IsJudgedByItsRecentPart()
    {
        decimal[] past = [.. Enumerable.Repeat(1_000m, 200), .. Enumerable.Range(0, Outlier.MostPoints).Select(i => 10m + (i % 3))];

        Outlier.Is(11, past, 0).ShouldBeFalse();
        Outlier.Is(1_000, past, 0).ShouldBeTrue();
    }

    [Fact]
    public void Value_OfAnyMagnitude_IsJudged() =>
        Outlier.Is(decimal.MaxValue, [.. Past, decimal.MinValue], 4).ShouldBeTrue();

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
