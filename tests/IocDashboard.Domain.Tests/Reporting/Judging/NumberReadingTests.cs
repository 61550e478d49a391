using System.Globalization;
using CsCheck;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Judging;

public class NumberReadingTests
{
    [Theory]
    [InlineData("1.234,5", NumberFormat.Vietnamese, 1, "1234.5")]
    [InlineData("1 234,5", NumberFormat.Vietnamese, 1, "1234.5")]
    [InlineData("1.234.567", NumberFormat.Vietnamese, 0, "1234567")]
    [InlineData("1.204", NumberFormat.Vietnamese, 0, "1204")]
    [InlineData("1.200", NumberFormat.Vietnamese, 1, "1200")]
    [InlineData("0,435", NumberFormat.Vietnamese, 3, "0.435")]
    [InlineData("−12,5", NumberFormat.Vietnamese, 1, "-12.5")]
    [InlineData("–3", NumberFormat.Vietnamese, 0, "-3")]
    [InlineData("+7", NumberFormat.Vietnamese, 0, "7")]
    [InlineData("1234,5", NumberFormat.Vietnamese, 1, "1234.5")]
    [InlineData("1,234.5", NumberFormat.International, 1, "1234.5")]
    [InlineData("12.5", NumberFormat.International, 1, "12.5")]
    [InlineData("1,204", NumberFormat.International, 2, "1204")]
    public void Number_InTheDeclaredFormat_IsRead(string text, NumberFormat format, int decimals, string value) =>
        NumberReading.Read(text, format, decimals).ShouldBe((decimal.Parse(value, CultureInfo.InvariantCulture), null));

    [Theory]
    [InlineData("182.4", NumberFormat.Vietnamese, 1)]
    [InlineData("1.234", NumberFormat.Vietnamese, 3)]
    [InlineData("1,234", NumberFormat.International, 3)]
    [InlineData("0,435", NumberFormat.International, 3)]
    [InlineData("1,5", NumberFormat.International, 1)]
    [InlineData("1,234.5", NumberFormat.Vietnamese, 1)]
    public void Number_ThatReadsTwoWays_IsNotGuessed(string text, NumberFormat format, int decimals) =>
        NumberReading.Read(text, format, decimals).ShouldBe((null, JudgementCodes.AmbiguousNumber));

    [Theory]
    [InlineData(""), InlineData(" "), InlineData("-"), InlineData("abc"), InlineData("1.2.3"), InlineData("1..000"), InlineData("12e3"), InlineData("1,2,3")]
    [InlineData("1.23.456"), InlineData("1234.567,8"), InlineData("5%"), InlineData("１２"), InlineData("1-2"), InlineData(",5"), InlineData("5,")]
    [InlineData("1234567890123456789012345678901234567890123456789")]
    public void Text_ThatIsNoNumber_IsRefused(string text) =>
        NumberReading.Read(text, NumberFormat.Vietnamese, 2).ShouldBe((null, JudgementCodes.UnreadableNumber));

    [Fact]
    public void Number_AsEitherCultureWritesIt_IsReadBackOrRefused_NeverMisread() =>
        Gen.Select(Gen.Int[-99_999_999, 99_999_999], Gen.Int[0, 4], Gen.Bool, Gen.Bool).Sample((digits, decimals, isVietnamese, grouped) =>
        {
            var value = digits / (decimal)Math.Pow(10, decimals);
            var text = value.ToString((grouped ? "N" : "F") + decimals, CultureInfo.GetCultureInfo(isVietnamese ? "vi-VN" : "en-US"));

            var (read, code) = NumberReading.Read(text, isVietnamese ? NumberFormat.Vietnamese : NumberFormat.International, decimals);

            if (code is null) read.ShouldBe(value);
            else code.ShouldBe(JudgementCodes.AmbiguousNumber);
        });
}
