namespace IocDashboard.Domain.Tests.Reporting.Calendar;

public class WorkingCalendarTests
{
    [Theory]
    [InlineData("2026-11-23", true)] // an ordinary Monday
    [InlineData("2026-11-22", false)] // an ordinary Sunday
    [InlineData("2026-11-24", false)] // Vietnamese Culture Day, a Tuesday
    [InlineData("2025-11-24", true)] // before the law of 2026
    [InlineData("2026-02-17", false)] // first day of Tết
    [InlineData("2026-04-27", false)] // compensatory day for Hùng Kings' Day on a Sunday
    [InlineData("2026-08-31", false)] // swapped …
    [InlineData("2026-08-22", true)] // … with this working Saturday
    [InlineData("2026-08-29", false)] // an ordinary Saturday
    [InlineData("2024-05-04", true)]
    public void WorkingDay_OnTheRealCalendar_IsAsPublished(string day, bool worked) =>
        Province.Calendar.IsWorkingDay(DateOnly.ParseExact(day, "yyyy-MM-dd")).ShouldBe(worked);

    [Fact]
    public void AddWorkingDays_OverTet_SkipsTheWholeHoliday() =>
        Province.Calendar.AddWorkingDays(new DateOnly(2026, 2, 13), 1).ShouldBe(new DateOnly(2026, 2, 23));

    [Fact]
    public void AddWorkingDays_OverAWorkingSaturday_CountsIt() =>
        Province.Calendar.AddWorkingDays(new DateOnly(2026, 1, 9), 1).ShouldBe(new DateOnly(2026, 1, 10));

    [Fact]
    public void AddWorkingDays_OfNone_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Province.Calendar.AddWorkingDays(new DateOnly(2026, 2, 13), 0));

    [Fact]
    public void RollForward_FromAWorkingDay_StaysThere() =>
        Province.Calendar.RollForward(new DateOnly(2026, 8, 22)).ShouldBe(new DateOnly(2026, 8, 22));
}
