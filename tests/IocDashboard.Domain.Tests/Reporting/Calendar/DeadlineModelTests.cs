using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

/// <summary>
/// Any rule, any period of 2020 to 2030, any calendar as it was known at any instant: the domain and the reference model
/// (<see cref="SlowCalendar"/>) agree on every deadline, step and quiet hour. <see cref="HostZoneTests"/> runs the class in other zones.
/// </summary>
public sealed class DeadlineModelTests
{
    /// <summary>The catalogue's own, and the ends of the grammar.</summary>
    private static readonly string[] Rules =
    [
        "end+1d@08:00", "end+1bd@16:00", "end+5bd@17:00", "end+10bd@17:00", "end+20bd@17:00", "end+999bd@23:59", "end+365d@00:00",
        "day20@17:00;cut=15-14", "day29@09:00", "day31@00:00", "day1@23:59;cut=2-1", "day31@12:00;cut=28-27",
        "fixed=04-01,07-01,10-01,12-01@09:00", "fixed=12-01@09:00", "fixed=02-29@08:00", "fixed=07-31,01-31@08:00",
        "fixed=01-31,02-29,03-31,04-30,05-31,06-30,07-31,08-31,09-30,10-31,11-30,12-31@17:00",
    ];

    private static readonly Dictionary<string, Rhythm> Rhythms = new(StringComparer.Ordinal)
    {
        ["day"] = Rhythm.Daily, ["week"] = Rhythm.Weekly, ["month"] = Rhythm.Monthly, ["quarter"] = Rhythm.Quarterly, ["half"] = Rhythm.HalfYearly, ["year"] = Rhythm.Yearly,
    };

    private static readonly Gen<string> Clock = Gen.Select(Gen.Int[0, 23], Gen.Int[0, 59]).Select((h, m) => string.Create(CultureInfo.InvariantCulture, $"{h:00}:{m:00}"));

    private static readonly Gen<string> Period = Gen.Select(Gen.Int[0, SlowPeriods.Rhythms.Length - 1], Gen.Int[0, (11 * 365) + 2])
        .Select((rhythm, day) => SlowPeriods.Of(SlowPeriods.Rhythms[rhythm], new DateOnly(2020, 1, 1).AddDays(day)));

    private static readonly Gen<(string Period, string Rule)> Asked = Period.SelectMany(period => RuleFor(SlowPeriods.RhythmOf(period)).Select(rule => (period, rule)));

    public DeadlineModelTests() => HostZoneTests.ShouldBeThere();

    [Fact]
    public void AnyRule_AnyPeriod_AnyCalendar_AnyInstant_HasTheDeadlineOfTheModel() =>
        Gen.Select(AnyCalendar.Rows, AnyCalendar.Agency, AnyCalendar.Instant, Asked.Array[20]).Sample((rows, agency, knownAt, asked) =>
        {
            var (slow, calendar) = (new SlowCalendar(rows, agency, knownAt), BookOf(rows).At(knownAt).Of(agency));
            foreach (var (period, rule) in asked) ShouldAgree(slow, calendar, period, rule);
        }, iter: 400);

    [Fact]
    public void EveryPeriod_OfElevenYears_OnTheRealCalendar_HasTheDeadlineOfTheModel()
    {
        var slow = new SlowCalendar([.. Province.Days.Select(d => new SlowDay("", d.Day, d.Kind, DateTimeOffset.UnixEpoch))], "", DateTimeOffset.MaxValue);
        var compared = 0;
        foreach (var rule in Rules)
        {
            foreach (var period in SlowPeriods.Rhythms.Where(r => DeadlineRule.Parse(rule).Fits(Rhythms[r])).SelectMany(r => SlowPeriods.Of(r, 2020, 2030)))
            {
                ShouldAgree(slow, Province.Calendar, period, rule);
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(30_000);
    }

    [Theory]
    [InlineData("end+1d@08:00", "2024-02-28", "2024-02-29 08:00")] // a leap day, worked
    [InlineData("end+1d@08:00", "2023-02-28", "2023-03-01 08:00")]
    [InlineData("day29@09:00", "2028-02", "2028-02-29 09:00")]
    [InlineData("day31@17:00", "2026-04", "2026-05-04 17:00")] // there is no 31st; the 30th is Reunification Day
    [InlineData("day31@17:00", "2026-06", "2026-06-30 17:00")]
    [InlineData("fixed=02-29@08:00", "2026", "2026-03-02 08:00")] // no 29th, and the 28th is a Saturday
    [InlineData("end+1d@08:00", "2024-02-07", "2024-02-15 08:00")] // Tết of 2024, 8 to 14 February
    [InlineData("end+1d@08:00", "2025-01-24", "2025-02-03 08:00")] // of 2025, 25 January to 2 February
    [InlineData("end+1d@08:00", "2026-02-13", "2026-02-23 08:00")] // of 2026, 14 to 22 February
    [InlineData("end+1bd@16:00", "2026-08-21", "2026-08-22 16:00")] // a Saturday that is worked
    [InlineData("day20@17:00;cut=15-14", "2026-03", "2026-03-20 17:00")]
    public void TheModelItself_KnowsWhatEverybodyKnows(string rule, string period, string expected)
    {
        var slow = new SlowCalendar([.. Province.Days.Select(d => new SlowDay("", d.Day, d.Kind, DateTimeOffset.UnixEpoch))], "", DateTimeOffset.MaxValue);

        slow.DueAt(rule, period).ShouldBe(Province.At(expected));
        ShouldAgree(slow, Province.Calendar, period, rule);
    }

    [Fact]
    public void AnyForm_OpensFallsDueAndLocks_AsTheModelSays() =>
        Gen.Select(AnyCalendar.Rows, AnyCalendar.Agency, AnyCalendar.Instant, Period.SelectMany(period => RuleFor(SlowPeriods.RhythmOf(period)).Array[1, 5].Select(rules => (period, rules))))
            .Sample((rows, agency, knownAt, asked) =>
            {
                var (period, rules) = asked;
                var slow = new SlowCalendar(rows, agency, knownAt);
                var rhythm = Rhythms[SlowPeriods.RhythmOf(period)];
                var indicators = rules.Select((rule, i) => Sample.Indicator($"XX{i}", rhythm, rule)).ToImmutableDictionary(i => i.Code, StringComparer.Ordinal);
                var form = Sample.Form with { Rhythm = rhythm, Indicators = [.. rules.Select((_, i) => new FormIndicator($"XX{i}", ["QNM"], true))] };

                var opened = ReportSchedule.Open(form, ReportingPeriod.Parse(period), indicators, BookOf(rows).At(knownAt).Of(agency), Province.Time, knownAt);

                var dues = rules.Select(r => slow.DueAt(r, period)).ToList();
                opened.DueAt.ShouldBe(dues.Max());
                opened.OpensAt.ShouldBe(SlowCalendar.At(rules.Min(r => SlowCalendar.Covers(r, period).First), TimeOnly.MinValue));
                opened.DueInstants.SelectMany(d => d.Indicators.Select(i => (i, d.DueAt))).Order().ShouldBe(dues.Select((due, i) => ($"XX{i}", due)).Order());
                (opened.LockAt - opened.DueAt).ShouldBe(TimeSpan.FromDays(SlowPeriods.RhythmOf(period) switch { "day" => 30, "week" => 60, "month" => 90, "quarter" => 180, _ => 365 }));
            }, iter: 300);

    [Fact]
    public void AnyStep_OfAnyLadder_StrikesAtTheInstantOfTheModel() =>
        Gen.Select(AnyCalendar.Rows, AnyCalendar.Agency, AnyCalendar.Instant, Gen.Select(AnyCalendar.Instant, Gen.Int[LadderStep.Earliest, LadderStep.Latest], Clock, Gen.Bool).Array[20])
            .Sample((rows, agency, knownAt, asked) =>
            {
                var (slow, calendar) = (new SlowCalendar(rows, agency, knownAt), BookOf(rows).At(knownAt).Of(agency));
                foreach (var (dueAt, days, clock, hasOwnTime) in asked)
                {
                    var at = hasOwnTime ? TimeOnly.ParseExact(clock, "HH:mm", CultureInfo.InvariantCulture) : (TimeOnly?)null;
                    new LadderStep("x", days, at, [Audience.Head]).InstantFor(dueAt, calendar, Province.Time)
                        .ShouldBe(slow.StepAt(dueAt, days, at), string.Create(CultureInfo.InvariantCulture, $"{days} working days from {dueAt:O} at {at}"));
                }
            }, iter: 300);

    [Fact]
    public void AnyInstant_InAnyQuietHours_WaitsForTheMinuteOfTheModel() =>
        Gen.Select(AnyCalendar.Rows, AnyCalendar.Agency, AnyCalendar.Instant, Gen.Select(AnyCalendar.Instant, Gen.Int[1, 1439], Gen.Int[0, 1438], Gen.Bool, Gen.Int[0, 59_999]).Array[4])
            .Sample((rows, agency, knownAt, asked) =>
            {
                var (slow, calendar) = (new SlowCalendar(rows, agency, knownAt), BookOf(rows).At(knownAt).Of(agency));
                foreach (var (minute, from, until, workingDaysOnly, milliseconds) in asked)
                {
                    var (quietFrom, quietUntil) = (new TimeOnly(0).AddMinutes(Math.Max(from, until + 1)), new TimeOnly(0).AddMinutes(Math.Min(from, until)));
                    var instant = minute.AddMilliseconds(milliseconds);
                    new QuietHours(quietFrom, quietUntil, workingDaysOnly).FirstAfter(instant, calendar, Province.Time)
                        .ShouldBe(slow.Loud(instant, quietFrom, quietUntil, workingDaysOnly), string.Create(CultureInfo.InvariantCulture, $"{instant:O}, quiet {quietFrom}–{quietUntil}, {workingDaysOnly}"));
                }
            }, iter: 300);

    private static void ShouldAgree(SlowCalendar slow, WorkingCalendar calendar, string period, string rule)
    {
        var (read, parsed) = (ReportingPeriod.Parse(period), DeadlineRule.Parse(rule));
        var days = SlowPeriods.Days(period);
        (read.FirstDay, read.LastDay, read.ToString()).ShouldBe((days[0], days[^1], period));
        parsed.Fits(read.Rhythm).ShouldBeTrue($"{rule} for {period}");
        parsed.Covers(read).ShouldBe(SlowCalendar.Covers(rule, period), $"{rule} for {period}");
        parsed.DueAt(read, calendar, Province.Time).ShouldBe(slow.DueAt(rule, period), $"{rule} for {period}");
    }

    private static CalendarBook BookOf(IEnumerable<SlowDay> rows) =>
        new(rows.Select(r => new CalendarEntry(r.Day, "Ngày", "Day", true, r.Kind, "CV", r.RecordedAt, r.Agency)));

    private static Gen<string> RuleFor(string rhythm)
    {
        var afterEnd = Gen.Select(Gen.Frequency((9, Gen.Int[1, 30]), (1, Gen.Int[31, 500])), Gen.Bool, Clock).Select((n, working, at) => $"end+{n}{(working ? "bd" : "d")}@{at}");
        if (rhythm is "day" or "week") return afterEnd;
        var day = Gen.Select(Gen.Int[1, 31], Clock).Select((n, at) => $"day{n}@{at}");
        var cut = Gen.Select(day, Gen.Int[2, 28]).Select((rule, opens) => $"{rule};cut={opens}-{opens - 1}");
        var date = Gen.Int[0, 365].Select(d => new DateOnly(2024, 1, 1).AddDays(d).ToString("MM-dd", CultureInfo.InvariantCulture));
        var count = rhythm switch { "month" => 12, "quarter" => 4, "half" => 2, _ => 1 };
        return Gen.OneOf(afterEnd, day, cut, Gen.Select(date.Array[count], Clock).Select((dates, at) => $"fixed={string.Join(',', dates)}@{at}"));
    }
}
