using System.Globalization;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

/// <summary>The reference model of periods: each day says what it belongs to, and a period is the days that say so.</summary>
internal static class SlowPeriods
{
    public static readonly string[] Rhythms = ["day", "week", "month", "quarter", "half", "year"];

    private static readonly DateOnly First = new(2018, 1, 1), Last = new(2033, 12, 31);

    private static readonly Dictionary<string, List<DateOnly>> DaysOf = [];

    static SlowPeriods()
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            foreach (var rhythm in Rhythms)
            {
                var text = Of(rhythm, day);
                if (!DaysOf.TryGetValue(text, out var days)) DaysOf[text] = days = [];
                days.Add(day);
            }
        }
    }

    /// <summary>As in SDMX.</summary>
    public static string Of(string rhythm, DateOnly day) => rhythm switch
    {
        "day" => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "week" => Week(day),
        "month" => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        "quarter" => string.Create(CultureInfo.InvariantCulture, $"{day.Year}-Q{(day.Month <= 3 ? 1 : day.Month <= 6 ? 2 : day.Month <= 9 ? 3 : 4)}"),
        "half" => string.Create(CultureInfo.InvariantCulture, $"{day.Year}-S{(day.Month <= 6 ? 1 : 2)}"),
        _ => day.ToString("yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>In order.</summary>
    public static IReadOnlyList<DateOnly> Days(string period) => DaysOf[period];

    public static string RhythmOf(string period) => period.Length switch
    {
        4 => "year",
        10 => "day",
        8 => "week",
        _ => period[5] == 'Q' ? "quarter" : period[5] == 'S' ? "half" : "month",
    };

    /// <summary>1 for the first of its year. Of those for which dates can be fixed.</summary>
    public static int Place(string period) => RhythmOf(period) switch
    {
        "year" => 1,
        "month" => int.Parse(period[5..], CultureInfo.InvariantCulture),
        _ => period[6] - '0',
    };

    /// <summary>Every period of the rhythm that begins in those years.</summary>
    public static IEnumerable<string> Of(string rhythm, int from, int through)
    {
        for (var day = new DateOnly(from, 1, 1); day.Year <= through; day = day.AddDays(1))
            if (Days(Of(rhythm, day))[0] == day) yield return Of(rhythm, day);
    }

    /// <summary>ISO 8601: a week belongs to the year of its Thursday, and is the so manieth Thursday of it.</summary>
    private static string Week(DateOnly day)
    {
        while (day.DayOfWeek != DayOfWeek.Monday) day = day.AddDays(-1);
        var thursday = day.AddDays(3);
        var number = 0;
        for (var other = thursday; other.Year == thursday.Year; other = other.AddDays(-7)) number++;
        return string.Create(CultureInfo.InvariantCulture, $"{thursday.Year}-W{number:00}");
    }
}
