using System.Globalization;
using IocDashboard.Web.Surfaces.Shared;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Wording;

public sealed class LunarDateTests
{
    [Theory]
    [InlineData("1968-01-29", 1968)] // Hanoi kept Tết on the 29th, a day before the Chinese calendar
    [InlineData("1985-01-21", 1985)] // a month before the Chinese New Year of 20 February
    [InlineData("2007-02-17", 2007)] // a day before the Chinese
    [InlineData("2020-01-25", 2020)]
    [InlineData("2021-02-12", 2021)]
    [InlineData("2022-02-01", 2022)]
    [InlineData("2023-01-22", 2023)]
    [InlineData("2024-02-10", 2024)]
    [InlineData("2025-01-29", 2025)]
    [InlineData("2026-02-17", 2026)]
    [InlineData("2030-02-02", 2030)] // a day before the Chinese
    [InlineData("2053-02-18", 2053)] // a day before the Chinese
    public void Of_NewYearOfTheVietnameseCalendar_IsFirstOfFirst(string day, int year) =>
        LunarDate.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture)).ShouldBe(new LunarDate(year, 1, 1, false));

    [Theory]
    [InlineData("2021-11-18", 2021, 10, 14, false)]
    [InlineData("2020-05-23", 2020, 4, 1, true)]
    [InlineData("2023-03-22", 2023, 2, 1, true)]
    [InlineData("2025-07-25", 2025, 6, 1, true)]
    [InlineData("1985-03-21", 1985, 2, 1, true)]
    [InlineData("2033-12-22", 2033, 11, 1, true)]
    [InlineData("2026-11-23", 2026, 10, 15, false)]
    [InlineData("2026-02-16", 2025, 12, 29, false)]
    [InlineData("2024-12-31", 2024, 12, 1, false)]
    public void Of_KnownDays_AreAsInThePrintedCalendar(string day, int year, int month, int dayOfMonth, bool leap) =>
        LunarDate.Of(DateOnly.Parse(day, CultureInfo.InvariantCulture)).ShouldBe(new LunarDate(year, month, dayOfMonth, leap));

    [Fact]
    public void Of_EveryDayOfTwoCenturies_FollowsTheDayBefore()
    {
        var day = new DateOnly(1950, 1, 1);
        var before = LunarDate.Of(day);
        while (day.Year < 2100)
        {
            day = day.AddDays(1);
            var lunar = LunarDate.Of(day);
            if (lunar.Day == 1)
            {
                before.Day.ShouldBeInRange(29, 30, $"{day}");
                (lunar.Month == (before.Month % 12) + 1 || (lunar.IsLeap && lunar.Month == before.Month)).ShouldBeTrue($"{day}");
            }
            else
            {
                lunar.ShouldBe(before with { Day = before.Day + 1 }, $"{day}");
            }

            before = lunar;
        }
    }

    [Fact]
    public void Words_InBothLanguages_NameMonthAndYear()
    {
        var lunar = LunarDate.Of(new DateOnly(2021, 11, 18));
        lunar.Words(new CultureInfo("vi-VN")).ShouldBe("14 tháng Mười, Tân Sửu");
        lunar.Words(new CultureInfo("en-US")).ShouldBe("lunar 14/10, Tân Sửu");
        LunarDate.Of(new DateOnly(2020, 5, 23)).Words(new CultureInfo("vi-VN")).ShouldBe("1 tháng Tư nhuận, Canh Tý");
    }
}
