using CsCheck;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

/// <summary>Calendars of 2019 to 2032 as people enter, change and take them back; agencies A and B have days of their own.</summary>
internal static class AnyCalendar
{
    private static readonly DateOnly First = new(2019, 1, 1), Last = new(2032, 12, 31);
    private static readonly string[] Off = ["holiday", "weekend_holiday", "compensatory", "swap_off"];

    public static readonly Gen<DateTimeOffset> Instant = Gen.Long[0, (long)TimeSpan.FromDays(14 * 365).TotalMinutes]
        .Select(minutes => new DateTimeOffset(2018, 6, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static readonly Gen<DateOnly> Day = Gen.Int[First.DayNumber, Last.DayNumber].Select(DateOnly.FromDayNumber);

    private static readonly Gen<SlowDay> DayOff = Gen.Select(Day, Gen.Int[0, Off.Length - 1], Instant).Select((day, kind, at) => new SlowDay("", day, Off[kind], at));

    private static readonly Gen<SlowDay> WorkingSaturday = Gen.Select(Day, Instant).Select((day, at) => new SlowDay("", day.AddDays((6 - (int)day.DayOfWeek) % 7), "working_saturday", at));

    private static readonly Gen<SlowDay> Own = Gen.Select(Gen.Bool, Gen.OneOf(DayOff, WorkingSaturday, DayOff.Select(d => d with { Kind = "ordinary" })))
        .Select((isA, day) => day with { Agency = isA ? "A" : "B" });

    /// <summary>A Tết of five to nine days in each year, announced once; every third is moved by a later notice.</summary>
    private static readonly Gen<SlowDay[]> Tets = Gen.Select(Gen.Int[0, 30], Gen.Int[5, 9], Gen.Int[-12, 12], Instant, Gen.Int[1, 60_000]).Array[Last.Year - First.Year + 1].Select(years =>
        years.SelectMany((tet, i) =>
        {
            var (start, length, by, announced, later) = tet;
            SlowDay[] first = [.. Enumerable.Range(start, length).Select(d => new SlowDay("", new DateOnly(First.Year + i, 1, 21).AddDays(d), "holiday", announced))];
            if (i % 3 != 0) return first;
            var moved = announced.AddMinutes(later);
            return [.. first, .. first.Select(d => d with { Kind = "ordinary", RecordedAt = moved }), .. first.Select(d => d with { Day = d.Day.AddDays(by), RecordedAt = moved })];
        }).ToArray());

    public static readonly Gen<SlowDay[]> Rows = Gen.Select(Tets, DayOff.Array[0, 120], WorkingSaturday.Array[0, 40], Own.Array[0, 60]).Select((tets, off, saturdays, own) =>
    {
        SlowDay[] all = [.. tets, .. off, .. saturdays, .. own];
        return all;
    });

    public static readonly Gen<string> Agency = Gen.Int[0, 2].Select(i => new[] { "A", "B", "C" }[i]);
}
