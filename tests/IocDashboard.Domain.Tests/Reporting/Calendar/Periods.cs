using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

/// <summary>Generators of periods and rules.</summary>
internal static class Periods
{
    public static readonly Rhythm[] Rhythms =
        [Rhythm.Daily, Rhythm.Weekly, Rhythm.Monthly, Rhythm.Quarterly, Rhythm.HalfYearly, Rhythm.Yearly];

    /// <summary>A week apart from the bounds, so that the neighbours can be written as well.</summary>
    public static readonly Gen<ReportingPeriod> Any = Between(new DateOnly(1902, 1, 8), new DateOnly(2197, 12, 24));

    /// <summary>Within the years that the working calendar covers.</summary>
    public static readonly Gen<ReportingPeriod> Calendared = Between(new DateOnly(2020, 1, 6), new DateOnly(2027, 6, 30));

    /// <summary>A period and a rule that fits its rhythm.</summary>
    public static readonly Gen<(ReportingPeriod Period, string Rule)> WithRule = Calendared.SelectMany(period =>
        Rule.Where(rule => DeadlineRule.Parse(rule).Fits(period.Rhythm)).Select(rule => (period, rule)));

    public static Gen<string> Rule => Gen.OneOf(
        Gen.Select(Gen.Int[1, 30], Gen.Bool, Time).Select((n, working, at) => $"end+{n}{(working ? "bd" : "d")}@{at}"),
        Gen.Select(Gen.Int[1, 31], Time).Select((n, at) => $"day{n}@{at}"),
        Gen.Select(Gen.Int[1, 31], Time, Gen.Int[2, 28]).Select((n, at, cut) => $"day{n}@{at};cut={cut}-{cut - 1}"),
        Gen.Const("fixed=04-01,07-01,10-01,12-01@09:00"),
        Gen.Const("fixed=12-01@09:00"),
        Gen.Const("fixed=07-10,12-31@17:00"));

    // Not midnight: a deadline at the very instant of opening is no deadline.
    private static Gen<string> Time => Gen.Select(Gen.Int[1, 23], Gen.Int[0, 59]).Select((h, m) => $"{h:00}:{m:00}");

    private static Gen<ReportingPeriod> Between(DateOnly first, DateOnly last) =>
        Gen.Select(Gen.Int[0, Rhythms.Length - 1].Select(i => Rhythms[i]), Gen.Int[first.DayNumber, last.DayNumber])
            .Select((rhythm, day) => ReportingPeriod.Containing(rhythm, DateOnly.FromDayNumber(day)));
}
