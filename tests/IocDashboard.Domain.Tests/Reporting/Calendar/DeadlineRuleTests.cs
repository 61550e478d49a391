using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

public class DeadlineRuleTests
{
    [Theory]
    // Days after the end, rolled forward from days off.
    [InlineData("end+1d@08:00", "2026-11-25", "2026-11-26 08:00")]
    [InlineData("end+1d@08:00", "2026-11-23", "2026-11-25 08:00")] // the 24th is Culture Day
    [InlineData("end+1d@08:00", "2026-11-20", "2026-11-23 08:00")] // a Friday: Saturday rolls to Monday
    [InlineData("end+1d@08:00", "2026-11-21", "2026-11-23 08:00")]
    [InlineData("end+1d@08:00", "2026-08-21", "2026-08-22 08:00")] // to a working Saturday
    [InlineData("end+1d@08:00", "2026-02-13", "2026-02-23 08:00")] // over Tết
    [InlineData("end+1d@08:00", "2026-12-31", "2027-01-04 08:00")]
    // Working days after the end.
    [InlineData("end+1bd@16:00", "2026-W47", "2026-11-23 16:00")]
    [InlineData("end+1bd@16:00", "2026-W17", "2026-04-28 16:00")] // the Monday compensates for Hùng Kings' Day
    [InlineData("end+1bd@16:00", "2026-W07", "2026-02-23 16:00")] // Tết takes the whole next week
    [InlineData("end+5bd@17:00", "2026-10", "2026-11-06 17:00")]
    [InlineData("end+5bd@17:00", "2026-08", "2026-09-09 17:00")] // National Day, two days
    [InlineData("end+10bd@17:00", "2026-Q1", "2026-04-14 17:00")]
    [InlineData("end+10bd@17:00", "2026-S1", "2026-07-14 17:00")]
    [InlineData("end+20bd@17:00", "2025", "2026-01-29 17:00")] // 2 January off, worked on Saturday the 10th
    // A day of the period's last month.
    [InlineData("day20@17:00;cut=15-14", "2026-11", "2026-11-20 17:00")]
    [InlineData("day20@17:00;cut=15-14", "2026-12", "2026-12-21 17:00")] // the 20th is a Sunday
    [InlineData("day29@09:00", "2026-10", "2026-10-29 09:00")]
    [InlineData("day29@09:00", "2026-02", "2026-03-02 09:00")] // no 29th, and the 28th is a Saturday
    [InlineData("day29@09:00", "2024-02", "2024-02-29 09:00")]
    // Dates fixed by decree.
    [InlineData("fixed=04-01,07-01,10-01,12-01@09:00", "2026-Q1", "2026-04-01 09:00")]
    [InlineData("fixed=04-01,07-01,10-01,12-01@09:00", "2023-Q3", "2023-10-02 09:00")] // 1 October is a Sunday
    [InlineData("fixed=04-01,07-01,10-01,12-01@09:00", "2026-Q4", "2026-12-01 09:00")] // before the quarter ends
    [InlineData("fixed=12-01@09:00", "2026", "2026-12-01 09:00")]
    public void DueAt_OnTheRealCalendar_IsThatMorningOrEvening(string rule, string period, string expected) =>
        DueAt(rule, ReportingPeriod.Parse(period)).ShouldBe(Province.At(expected));

    [Theory]
    [InlineData("day20@17:00;cut=15-14", "2026-11", "2026-10-15", "2026-11-14")]
    [InlineData("day20@17:00;cut=15-14", "2026-01", "2025-12-15", "2026-01-14")]
    [InlineData("day20@17:00;cut=15-14", "2026-Q1", "2025-12-15", "2026-03-14")]
    [InlineData("day20@17:00;cut=15-14", "2026", "2025-12-15", "2026-12-14")]
    [InlineData("day29@09:00", "2026-11", "2026-11-01", "2026-11-30")]
    [InlineData("end+5bd@17:00", "2026-11", "2026-11-01", "2026-11-30")]
    public void Covers_WithACut_RunsFromTheMonthBefore(string rule, string period, string first, string last) =>
        DeadlineRule.Parse(rule).Covers(ReportingPeriod.Parse(period))
            .ShouldBe((DateOnly.ParseExact(first, "yyyy-MM-dd"), DateOnly.ParseExact(last, "yyyy-MM-dd")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("end+0d@08:00")]
    [InlineData("end+1d")]
    [InlineData("end+1d@8:00")]
    [InlineData("end+1d@24:00")]
    [InlineData("end+1wd@08:00")]
    [InlineData("day0@17:00")]
    [InlineData("day32@17:00")]
    [InlineData("day20@17:00;cut=15")]
    [InlineData("day20@17:00;cut=15-20")]
    [InlineData("day20@17:00;cut=15-15")]
    [InlineData("day20@17:00;cut=29-28")]
    [InlineData("fixed=@09:00")]
    [InlineData("fixed=13-01@09:00")]
    [InlineData("fixed=02-30@09:00")]
    [InlineData("stale=15M")]
    [InlineData("stale=PT")]
    [InlineData("stale=PT0S")]
    [InlineData("stale=PT99999999999999999999H")]
    [InlineData("stale=P1D")]
    [InlineData("END+1d@08:00")]
    [InlineData("end+1d@08:00 ")]
    [InlineData("end+1d@08:00\n")]
    public void Parse_OfAnythingElse_IsRefused(string? text) => DeadlineRule.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Parse_OfTheSameText_IsEqual() =>
        DeadlineRule.Parse("fixed=04-01,12-01@09:00").ShouldBe(new FixedDates(new([(4, 1), (12, 1)]), new TimeOnly(9, 0)));

    [Theory]
    [InlineData("end+1d@08:00", Rhythm.Daily, true)]
    [InlineData("end+1d@08:00", Rhythm.Realtime, false)]
    [InlineData("day20@17:00", Rhythm.Weekly, false)]
    [InlineData("day20@17:00", Rhythm.Quarterly, true)]
    [InlineData("fixed=12-01@09:00", Rhythm.Yearly, true)]
    [InlineData("fixed=12-01@09:00", Rhythm.Quarterly, false)]
    [InlineData("fixed=04-01,07-01,10-01,12-01@09:00", Rhythm.Quarterly, true)]
    [InlineData("stale=PT15M", Rhythm.Realtime, true)]
    [InlineData("stale=PT15M", Rhythm.Daily, false)]
    [InlineData("end+PT30M", Rhythm.Hourly, true)]
    [InlineData("end+PT30M", Rhythm.Realtime, false)]
    public void Fits_OnlyARhythmThatTheRuleCanServe(string rule, Rhythm rhythm, bool fits) =>
        DeadlineRule.Parse(rule).Fits(rhythm).ShouldBe(fits);

    [Theory]
    [InlineData("stale=PT15M", "10:07", "10:22", "11:07")]
    [InlineData("stale=PT2M", "10:07", "10:09", "10:15")]
    [InlineData("end+PT30M", "10:00", "11:30", "16:00")]
    [InlineData("end+PT30M", "10:59", "11:30", "16:00")] // still the value of ten o'clock
    public void Stream_SilentBeyondItsRule_IsLateThenLost(string rule, string last, string late, string lost)
    {
        var stream = DeadlineRule.Parse(rule).ShouldBeOfType<StreamRule>();
        var at = Province.At("2026-11-23 " + last);

        stream.LateAt(at).ShouldBe(Province.At("2026-11-23 " + late));
        stream.LostAt(at).ShouldBe(Province.At("2026-11-23 " + lost));
    }

    [Fact]
    public void DueAt_OfAStream_IsADefect() =>
        Should.Throw<InvalidOperationException>(() => DueAt("stale=PT15M", ReportingPeriod.Parse("2026-11-23")));

    [Fact]
    public void DueAt_OfAnyReport_FallsOnAWorkingDay() => Periods.WithRule.Sample((period, rule) =>
        Province.Calendar.IsWorkingDay(Province.Time.DayOf(DueAt(rule, period))).ShouldBeTrue());

    [Fact]
    public void DueAt_OfAnyReport_LiesAfterTheStartOfWhatItCovers() => Periods.WithRule.Sample((period, rule) =>
    {
        var (first, last) = DeadlineRule.Parse(rule).Covers(period);
        first.ShouldBeLessThan(last.AddDays(1));
        DueAt(rule, period).ShouldBeGreaterThan(Province.Time.StartOf(first));
    });

    [Fact]
    public void DueAt_OfTheNextPeriod_IsNeverEarlier() => Periods.WithRule.Sample((period, rule) =>
        DueAt(rule, period.Next).ShouldBeGreaterThanOrEqualTo(DueAt(rule, period)));

    [Fact]
    public void Covers_OfConsecutivePeriods_LeavesNoDayOut() => Periods.WithRule.Sample((period, rule) =>
        DeadlineRule.Parse(rule).Covers(period.Next).First.ShouldBe(DeadlineRule.Parse(rule).Covers(period).Last.AddDays(1)));

    private static DateTimeOffset DueAt(string rule, ReportingPeriod period) =>
        DeadlineRule.Parse(rule).DueAt(period, Province.Calendar, Province.Time);
}
