using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

public class ReportingPeriodTests
{
    [Theory]
    [InlineData("2026", Rhythm.Yearly, "2026-01-01", "2026-12-31")]
    [InlineData("2026-S2", Rhythm.HalfYearly, "2026-07-01", "2026-12-31")]
    [InlineData("2026-Q4", Rhythm.Quarterly, "2026-10-01", "2026-12-31")]
    [InlineData("2026-11", Rhythm.Monthly, "2026-11-01", "2026-11-30")]
    [InlineData("2026-W47", Rhythm.Weekly, "2026-11-16", "2026-11-22")]
    [InlineData("2026-11-23", Rhythm.Daily, "2026-11-23", "2026-11-23")]
    [InlineData("2024-02", Rhythm.Monthly, "2024-02-01", "2024-02-29")]
    [InlineData("2020-W53", Rhythm.Weekly, "2020-12-28", "2021-01-03")]
    [InlineData("2025-W01", Rhythm.Weekly, "2024-12-30", "2025-01-05")]
    public void Period_OfSdmxText_CoversItsDays(string text, Rhythm rhythm, string first, string last)
    {
        var period = ReportingPeriod.Parse(text);

        period.Rhythm.ShouldBe(rhythm);
        period.FirstDay.ShouldBe(DateOnly.ParseExact(first, "yyyy-MM-dd"));
        period.LastDay.ShouldBe(DateOnly.ParseExact(last, "yyyy-MM-dd"));
        period.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("02026")]
    [InlineData("2026-")]
    [InlineData("2026-0")]
    [InlineData("2026-00")]
    [InlineData("2026-13")]
    [InlineData("2026-Q0")]
    [InlineData("2026-Q5")]
    [InlineData("2026-q4")]
    [InlineData("2026-S3")]
    [InlineData("2026-W00")]
    [InlineData("2025-W53")]
    [InlineData("2026-W54")]
    [InlineData("2026-W7")]
    [InlineData("2026-02-29")]
    [InlineData("2026-11-31")]
    [InlineData("2026/11")]
    [InlineData("2026-11-23T")]
    [InlineData(" 2026")]
    [InlineData("2026 ")]
    [InlineData("+202")]
    [InlineData("1899")]
    [InlineData("2200")]
    [InlineData("2026-1\0")]
    [InlineData("２０２６")]
    public void Parse_OfAnythingElse_IsRefused(string? text) => ReportingPeriod.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Text_ParsedAgain_IsTheSamePeriod() => Periods.Any.Sample(period =>
        ReportingPeriod.Parse(period.ToString()).ShouldBe(period));

    [Fact]
    public void NextAndPrevious_AreInverse() => Periods.Any.Sample(period =>
    {
        period.Next.Previous.ShouldBe(period);
        period.Previous.Next.ShouldBe(period);
    });

    [Fact]
    public void Next_FollowsWithoutGapOrOverlap() => Periods.Any.Sample(period =>
    {
        period.Next.FirstDay.ShouldBe(period.LastDay.AddDays(1));
        period.Next.ShouldBeGreaterThan(period);
    });

    [Fact]
    public void Containing_AnyOfItsDays_IsThePeriod() => Periods.Any.Sample(period =>
    {
        ReportingPeriod.Containing(period.Rhythm, period.FirstDay).ShouldBe(period);
        ReportingPeriod.Containing(period.Rhythm, period.LastDay).ShouldBe(period);
    });

    [Theory]
    [InlineData("2026", "2025")]
    [InlineData("2026-S1", "2025-S1")]
    [InlineData("2026-Q4", "2025-Q4")]
    [InlineData("2024-02", "2023-02")]
    [InlineData("2026-W47", "2025-W47")]
    [InlineData("2026-W53", "2025-W52")]
    [InlineData("2027-W01", "2026-W01")]
    [InlineData("2024-02-29", "2023-02-28")]
    [InlineData("2026-11-23", "2025-11-23")]
    public void SamePeriodLastYear_HasTheSamePlaceInItsYear(string period, string expected) =>
        ReportingPeriod.Parse(period).SamePeriodLastYear.ToString().ShouldBe(expected);

    [Fact]
    public void SamePeriodLastYear_LiesOneYearBack() => Periods.Any.Sample(period =>
    {
        var before = period.SamePeriodLastYear;
        before.Rhythm.ShouldBe(period.Rhythm);
        before.Year.ShouldBe(period.Year - 1);
    });

    [Theory]
    [InlineData(2020)]
    [InlineData(2026)]
    [InlineData(2032)]
    public void Week53_OfALongYear_LeadsToWeek1(int year)
    {
        var week = ReportingPeriod.Parse($"{year}-W53");

        week.Next.ToString().ShouldBe($"{year + 1}-W01");
        week.Next.Previous.ShouldBe(week);
        week.Year.ShouldBe(year);
        week.Ordinal.ShouldBe(53);
    }

    [Fact]
    public void Compare_OfPeriodsThatBeginTogether_IsNotEqual()
    {
        var year = ReportingPeriod.Parse("2026");
        var quarter = ReportingPeriod.Parse("2026-Q1");

        year.CompareTo(quarter).ShouldNotBe(0);
        quarter.ShouldBeLessThan(year);
    }

    [Theory]
    [InlineData(Rhythm.Realtime)]
    [InlineData(Rhythm.Hourly)]
    public void Containing_ForAStream_IsRefused(Rhythm rhythm) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ReportingPeriod.Containing(rhythm, new DateOnly(2026, 1, 1)));
}
