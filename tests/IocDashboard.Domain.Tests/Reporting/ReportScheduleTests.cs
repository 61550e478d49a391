using System.Collections.Immutable;
using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Tests.Reporting.Calendar;

namespace IocDashboard.Domain.Tests.Reporting;

public class ReportScheduleTests
{
    [Fact]
    public void Form_ThatMixesRules_OpensWithTheEarliestAndFallsDueWithTheLatest()
    {
        var opened = Open(Rhythm.Monthly, "2026-11", "day20@17:00;cut=15-14", "end+5bd@17:00", "day20@17:00;cut=15-14");

        opened.StartsAt.ShouldBe(Province.At("2026-11-01 00:00"));
        opened.OpensAt.ShouldBe(Province.At("2026-10-15 00:00"));
        opened.DueAt.ShouldBe(Province.At("2026-12-07 17:00"));
        opened.DueInstants.Select(d => (d.DueAt, string.Join(' ', d.Indicators))).ShouldBe(
            [(Province.At("2026-11-20 17:00"), "XX0 XX2"), (Province.At("2026-12-07 17:00"), "XX1")]);
        opened.LockAt.ShouldBe(opened.DueAt.AddDays(90));
    }

    [Fact]
    public void YearlyForm_WithAFixedDate_IsDueBeforeItsYearEnds()
    {
        var opened = Open(Rhythm.Yearly, "2026", "fixed=12-01@09:00");

        opened.OpensAt.ShouldBe(Province.At("2026-01-01 00:00"));
        opened.DueAt.ShouldBe(Province.At("2026-12-01 09:00"));
        opened.LockAt.ShouldBe(opened.DueAt.AddDays(365));
    }

    [Theory]
    [InlineData(0, null, "2026-11-16 00:00", 60)]
    [InlineData(-7, 10, "2026-11-09 00:00", 10)]
    [InlineData(7, 0, "2026-11-22 16:00", null)] // a day is left before the deadline
    public void FormWithTermsOfItsOwn_MovesOpeningAndLock_AndNeverTheDeadline(int opensDays, int? lockDays, string opensAt, int? locksAfter)
    {
        var opened = ReportSchedule.Open(
            Sample.Form, Sample.Period, Sample.Indicators, Province.Calendar, Province.Time, Sample.OpensAt, new FormTerms(opensDays, lockDays, 1));

        opened.OpensAt.ShouldBe(Province.At(opensAt));
        opened.DueAt.ShouldBe(Sample.DueAt);
        opened.LockAt.ShouldBe(locksAfter is { } days ? Sample.DueAt.AddDays(days) : null);
    }

    [Theory]
    [InlineData(Rhythm.Daily, "end+1d@08:00", "2026-11-23 10:00", "2026-11-23")]
    [InlineData(Rhythm.Weekly, "end+1bd@16:00", "2026-11-22 23:59", "2026-W47")]
    [InlineData(Rhythm.Weekly, "end+1bd@16:00", "2026-11-23 00:00", "2026-W48")]
    [InlineData(Rhythm.Monthly, "end+5bd@17:00", "2026-11-03 10:00", "2026-11")]
    [InlineData(Rhythm.Monthly, "day20@17:00;cut=15-14", "2026-11-14 23:00", "2026-11")]
    [InlineData(Rhythm.Monthly, "day20@17:00;cut=15-14", "2026-11-15 00:00", "2026-12")]
    [InlineData(Rhythm.Quarterly, "end+10bd@17:00", "2026-12-31 10:00", "2026-Q4")]
    [InlineData(Rhythm.Yearly, "fixed=12-01@09:00", "2026-12-01 08:59", "2026")]
    [InlineData(Rhythm.Yearly, "fixed=12-01@09:00", "2026-12-01 09:00", "2027")]
    public void FirstPeriodOwed_IsTheOneThatIsRunningAndNotYetDue(Rhythm rhythm, string rule, string assigned, string period)
    {
        var indicators = new[] { Sample.Indicator("XX0", rhythm, rule) }.ToImmutableDictionary(i => i.Code, StringComparer.Ordinal);
        var form = new Form("SYT", "SYT", rhythm, [new("XX0", ["QNM"], true)], new DateOnly(2021, 1, 1));

        ReportSchedule.FirstOwed(form, indicators, Province.Calendar, Province.Time, Province.At(assigned)).ToString().ShouldBe(period);
    }

    [Theory]
    [InlineData(Rhythm.Daily, 2)]
    [InlineData(Rhythm.Weekly, 24)]
    [InlineData(Rhythm.Monthly, 72)]
    [InlineData(Rhythm.Quarterly, 120)]
    [InlineData(Rhythm.HalfYearly, 240)]
    [InlineData(Rhythm.Yearly, 240)]
    public void DueSoon_ByRhythm_BeginsThatManyHoursBefore(Rhythm rhythm, int hours) =>
        ReportSchedule.DueSoonAt(rhythm, Sample.DueAt).ShouldBe(Sample.DueAt.AddHours(-hours));

    [Theory]
    [InlineData(Rhythm.Daily, 30)]
    [InlineData(Rhythm.Weekly, 60)]
    [InlineData(Rhythm.Monthly, 90)]
    [InlineData(Rhythm.Quarterly, 180)]
    [InlineData(Rhythm.HalfYearly, 365)]
    [InlineData(Rhythm.Yearly, 365)]
    public void LockGrace_ByRhythm_IsThatManyDays(Rhythm rhythm, int days) =>
        ReportSchedule.LockGrace(rhythm).ShouldBe(TimeSpan.FromDays(days));

    [Fact]
    public void Form_WithoutIndicators_IsADefect() =>
        Should.Throw<ArgumentException>(() => ReportSchedule.Open(
            Sample.Form with { Indicators = [] }, Sample.Period, Sample.Indicators, Province.Calendar, Province.Time, Sample.OpensAt));

    [Fact]
    public void Obligation_OfAnyFormAndPeriod_OpensBeforeItIsDueAndLocksAfter() => Periods.WithRule.Sample((period, rule) =>
    {
        var opened = Open(period.Rhythm, period.ToString(), rule, "end+1bd@16:00");
        opened.OpensAt.ShouldBeLessThanOrEqualTo(opened.StartsAt);
        opened.DueAt.ShouldBeGreaterThan(opened.OpensAt);
        opened.LockAt!.Value.ShouldBeGreaterThan(opened.DueAt);
        Province.Calendar.IsWorkingDay(Province.Time.DayOf(opened.DueAt)).ShouldBeTrue();
        opened.DueInstants.SelectMany(d => d.Indicators).Order().ShouldBe(["XX0", "XX1"]);
    });

    private static ReportOpened Open(Rhythm rhythm, string period, params string[] rules)
    {
        var indicators = rules.Select((rule, i) => Sample.Indicator($"XX{i}", rhythm, rule)).ToImmutableDictionary(i => i.Code);
        var form = new Form("SYT-" + rhythm.Code(), "SYT", rhythm,
            [.. indicators.Keys.Order().Select(code => new FormIndicator(code, ["QNM"], true))], new DateOnly(2021, 1, 1));
        return ReportSchedule.Open(form, ReportingPeriod.Parse(period), indicators, Province.Calendar, Province.Time, Sample.OpensAt);
    }
}
