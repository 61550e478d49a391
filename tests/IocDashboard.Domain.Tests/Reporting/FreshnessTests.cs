using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Tests.Reporting.Calendar;

namespace IocDashboard.Domain.Tests.Reporting;

public class FreshnessTests
{
    [Fact]
    public void Figure_NeverReceived_HasNoLimits() =>
        Freshness.Of(Sample.Indicator(), null, null, Province.Calendar, Province.Time).ShouldBe(FreshnessLimits.None);

    [Fact]
    public void WeeklyFigure_IsLateWhenTheNextWasDue_AndMissingOneWeekLater()
    {
        var limits = Of("end+1bd@16:00", ReportingPeriod.Parse("2026-W46"));

        limits.DueSoonAt.ShouldBe(Province.At("2026-11-22 16:00"));
        limits.NextDueAt.ShouldBe(Province.At("2026-11-23 16:00"));
        limits.GoneAt.ShouldBe(Province.At("2026-11-30 16:00"));
    }

    [Fact]
    public void DailyFigure_BeforeAWeekend_IsLateADayBeforeItIsMissing()
    {
        // Saturday's and Sunday's figures are both due on Monday the 23rd; the 24th is a holiday.
        var limits = Of("end+1d@08:00", ReportingPeriod.Parse("2026-11-20"));

        limits.NextDueAt.ShouldBe(Province.At("2026-11-23 08:00"));
        limits.GoneAt.ShouldBe(Province.At("2026-11-25 08:00"));
    }

    [Fact]
    public void Figure_WithoutItsPeriod_IsPlacedByItsTimeKey()
    {
        var indicator = Sample.Indicator(rhythm: Rhythm.Weekly);
        var period = ReportingPeriod.Parse("2026-W46");
        var key = Province.Time.StartOf(period.FirstDay);

        Freshness.Of(indicator, key, null, Province.Calendar, Province.Time)
            .ShouldBe(Freshness.Of(indicator, key, period, Province.Calendar, Province.Time));
    }

    [Fact]
    public void Stream_IsLateByItsRule_AndLostAtFourTimesIt()
    {
        var at = Province.At("2026-11-23 10:00");

        Freshness.Of(Sample.Indicator(rhythm: Rhythm.Realtime, rule: "stale=PT15M"), at, null, Province.Calendar, Province.Time)
            .ShouldBe(new FreshnessLimits(null, at.AddMinutes(15), at.AddMinutes(60)));
    }

    [Fact]
    public void Limits_OfAnyReportedFigure_AreInOrder() => Periods.WithRule.Sample((period, rule) =>
    {
        var limits = Of(rule, period);
        limits.DueSoonAt!.Value.ShouldBeLessThan(limits.NextDueAt!.Value);
        limits.NextDueAt.Value.ShouldBeLessThan(limits.GoneAt!.Value);
    });

    private static FreshnessLimits Of(string rule, ReportingPeriod period) => Freshness.Of(
        Sample.Indicator(rhythm: period.Rhythm, rule: rule), Province.Time.StartOf(period.FirstDay), period, Province.Calendar, Province.Time);
}
