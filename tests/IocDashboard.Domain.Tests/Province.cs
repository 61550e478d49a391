using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests;

/// <summary>The real working calendar 2020–2027 and the province's time.</summary>
internal static class Province
{
    public static readonly ProvinceTime Time = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh"));

    public static readonly IReadOnlyList<CalendarDay> Days =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "TestData", "holidays.csv")).Skip(1).Select(Day)];

    public static readonly WorkingCalendar Calendar = new(Days);

    /// <summary>The instant of <c>2026-11-25 08:00</c> on the province's clocks.</summary>
    public static DateTimeOffset At(string local) =>
        DateTimeOffset.Parse(local + "+07:00", System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime();

    private static CalendarDay Day(string line)
    {
        // Only the last column is ever quoted.
        var cells = line.Split(',', 6);
        return new(DateOnly.ParseExact(cells[0], "yyyy-MM-dd"), cells[1], cells[2], cells[3] == "yes", cells[4], cells[5].Trim('"'));
    }
}
