using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Judging;

public class SeasonalPastTests
{
    private static readonly ReportingPeriod Now = ReportingPeriod.Parse("2026-07");

    // A summer that is ten times the winter, and a little more each year.
    private static decimal? Seasonal(ReportingPeriod period) =>
        period.Year < 2023 ? null : (period.FirstDay.Month is >= 6 and <= 8 ? 1_000 : 100) + (5 * (period.Year - 2023)) + (period.FirstDay.Month % 3);

    [Theory]
    [InlineData(1_016, false)]
    [InlineData(1_100, true)]
    [InlineData(100, true)]
    public void Value_OfASeason_IsComparedWithThatSeason(double value, bool standsOut) =>
        Outlier.IsOfSeason((decimal)value, SeasonalPast.Of(Now, Seasonal)!, 0).ShouldBe(standsOut);

    [Fact]
    public void Series_OfLessThanTwoYears_IsLeftAlone()
    {
        SeasonalPast.Of(Now, p => p.FirstDay >= new DateOnly(2024, 8, 1) ? 1 : null).ShouldBeNull();
        SeasonalPast.Of(Now, p => p.FirstDay >= new DateOnly(2024, 7, 1) ? 1 : null)!.Differences.Count.ShouldBe(12);
        SeasonalPast.Of(Now, p => p == Now.SamePeriodLastYear ? null : 1).ShouldBeNull();
    }

    [Fact]
    public void Differences_AreOfEarlierPeriodsAlone_WithinWhatIsLookedAt() =>
        Gen.Select(Gen.Int[0, 3_000], Gen.OneOf(Gen.Const(Rhythm.Weekly), Gen.Const(Rhythm.Monthly), Gen.Const(Rhythm.Quarterly))).Sample((days, rhythm) =>
        {
            var period = ReportingPeriod.Containing(rhythm, new DateOnly(2020, 1, 1).AddDays(days));
            var asked = new HashSet<ReportingPeriod>();

            var past = SeasonalPast.Of(period, Asked);

            past!.Differences.Count.ShouldBe(rhythm switch { Rhythm.Weekly => SeasonalPast.MostDifferences, Rhythm.Monthly => 24, _ => 8 });
            past.Differences.ShouldAllBe(d => d == 0);
            asked.ShouldAllBe(p => p < period && p >= SeasonalPast.EarliestFor(period).Previous);

            decimal? Asked(ReportingPeriod earlier)
            {
                asked.Add(earlier);
                return 1;
            }
        });

    [Fact]
    public void Days_HaveNoSeason() => Enum.GetValues<Rhythm>().Where(SeasonalPast.Concerns).ShouldBe([Rhythm.Weekly, Rhythm.Monthly, Rhythm.Quarterly]);
}
