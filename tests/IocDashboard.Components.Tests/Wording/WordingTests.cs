using System.Collections;
using System.Globalization;
using System.Resources;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Wall;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Wording;

public sealed class WordingTests
{
    private static readonly CultureInfo Vi = new("vi-VN"), En = new("en-US");

    [Theory]
    [InlineData(0, "0 giây", "0 s")]
    [InlineData(59, "59 giây", "59 s")]
    [InlineData(60, "1 phút", "1 min")]
    [InlineData(3_599, "59 phút", "59 min")]
    [InlineData(3_600, "1 giờ", "1 h")]
    [InlineData(86_399, "23 giờ", "23 h")]
    [InlineData(86_400, "1 ngày", "1 day")]
    [InlineData(1_209_599, "13 ngày", "13 days")]
    [InlineData(1_209_600, "2 tuần", "2 weeks")]
    [InlineData(-30, "0 giây", "0 s")]
    public void Age_AtEachThreshold_IsOneUnit(long seconds, string vi, string en)
    {
        AgeScale.Words(TimeSpan.FromSeconds(seconds), Vi).ShouldBe(vi);
        AgeScale.Words(TimeSpan.FromSeconds(seconds), En).ShouldBe(en);
    }

    [Theory]
    [InlineData(35 * 60, "35 phút")]
    [InlineData((6 * 3_600) + 300, "6 giờ 5 phút")]
    [InlineData(6 * 3_600, "6 giờ")]
    [InlineData((12 * 86_400) + (21 * 3_600) + 59, "12 ngày 21 giờ")]
    [InlineData(40 * 86_400, "40 ngày")]
    public void OverdueAge_HasItsTwoLargestUnits(long seconds, string vi) =>
        AgeScale.TwoWords(TimeSpan.FromSeconds(seconds), Vi).ShouldBe(vi);

    [Theory]
    [InlineData(1234.5, 1, "1.234,5", "1,234.5")]
    [InlineData(-0.42, 2, "−0,42", "−0.42")]
    [InlineData(-0.004, 2, "0,00", "0.00")]
    [InlineData(0, 0, "0", "0")]
    public void Number_IsGroupedAndSignedByCulture(double value, int decimals, string vi, string en)
    {
        NumberText.Plain((decimal)value, decimals, Vi).ShouldBe(vi);
        NumberText.Plain((decimal)value, decimals, En).ShouldBe(en);
        NumberText.Plain((decimal)value, decimals, new CultureInfo("vi")).ShouldBe(vi);
    }

    [Theory]
    [InlineData(95, "95")]
    [InlineData(99.5, "99,5")]
    [InlineData(6.50, "6,5")]
    public void Limit_HasNoIdleDecimals(double value, string vi) => NumberText.Trimmed((decimal)value, 2, Vi).ShouldBe(vi);

    [Theory]
    [InlineData(99_999, "99.999", "lượt", "arrivals")]
    [InlineData(100_000, "100,0", "nghìn lượt", "thousand arrivals")]
    [InlineData(412_800, "412,8", "nghìn lượt", "thousand arrivals")]
    [InlineData(7_668_000, "7,67", "triệu lượt", "million arrivals")]
    public void LargeFigure_SaysThousandsOrMillionsInItsUnit(int value, string text, string vi, string en)
    {
        var indicator = Given.Indicator(unit: new LocalText("lượt", "arrivals"));
        var scale = NumberText.ScaleOf(indicator, value, Vi);
        NumberText.Value(value, scale, Vi).ShouldBe(text);
        scale.Unit.ShouldBe(vi);
        NumberText.ScaleOf(indicator, value, En).Unit.ShouldBe(en);
    }

    [Theory]
    [InlineData("2021-11-17", "17/11", "17/11")]
    [InlineData("2021-W45", "Tuần 45", "Week 45")]
    [InlineData("2021-10", "thg 10", "Oct")]
    [InlineData("2021-Q3", "Quý III", "Q3")]
    [InlineData("2021-S1", "6 thg đầu 2021", "H1 2021")]
    [InlineData("2020", "năm 2020", "2020")]
    [InlineData("2020-Q4", "Quý IV/2020", "Q4 2020")]
    public void Period_InShort_SaysItsYearOnlyWhenOld(string period, string vi, string en)
    {
        var today = new DateOnly(2021, 11, 18);
        PeriodText.Short(ReportingPeriod.Parse(period), today, Vi).ShouldBe(vi);
        PeriodText.Short(ReportingPeriod.Parse(period), today, En).ShouldBe(en);
    }

    [Fact]
    public void Texts_AreCompleteInBothLanguages()
    {
        foreach (var resources in new[] { SurfaceText.Resources, WallText.Resources })
        {
            var vi = Names(resources.GetResourceSet(CultureInfo.InvariantCulture, true, false)!);
            var en = Names(resources.GetResourceSet(new CultureInfo("en"), true, false)!);
            en.ShouldBe(vi);
        }

        static string[] Names(ResourceSet set) =>
            [.. set.Cast<DictionaryEntry>().Select(e => (string)e.Key).Order(StringComparer.Ordinal)];
    }
}
