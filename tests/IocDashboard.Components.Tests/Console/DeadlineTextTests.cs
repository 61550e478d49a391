using System.Globalization;
using IocDashboard.Web.Surfaces.Console.Indicators;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class DeadlineTextTests
{
    [Theory]
    [InlineData("end+1d@08:00", "08:00 ngày hôm sau", "08:00 on the following day")]
    [InlineData("end+1bd@16:00", "16:00 ngày làm việc kế tiếp", "16:00 on the next working day")]
    [InlineData("end+5bd@17:00", "17:00, ngày làm việc thứ 5 sau khi hết kỳ", "17:00, working day 5 after the period")]
    [InlineData("day20@17:00;cut=15-14", "17:00 ngày 20 của tháng cuối kỳ; kỳ chốt ngày 14", "17:00 on day 20 of the period's last month; the period closes on day 14")]
    [InlineData("fixed=04-01,07-01,10-01,12-01@09:00", "09:00 các ngày 01/04, 01/07, 01/10, 01/12", "09:00 on 01/04, 01/07, 01/10, 01/12")]
    [InlineData("stale=PT15M", "trễ khi im lặng quá 15 phút, mất sau 1 giờ", "late after 15 min of silence, lost after 1 h")]
    [InlineData("end+PT30M", "trong 30 phút sau mỗi giờ, mất sau 6 giờ", "within 30 min after each hour, lost after 6 h")]
    public void Of_Rule_IsSaidInWords(string rule, string vietnamese, string english)
    {
        Culture("vi-VN");
        DeadlineText.Of(rule).ShouldBe(vietnamese);
        Culture("en");
        DeadlineText.Of(rule).ShouldBe(english);
    }

    [Fact]
    public void Of_EveryRuleOfTheRegister_HasWords()
    {
        Culture("vi-VN");
        Boards.Catalogue.IndicatorList.ShouldAllBe(i => DeadlineText.Of(i.DeadlineRule) != i.DeadlineRule && DeadlineText.Of(i.DeadlineRule).Length > 0);
    }

    private static void Culture(string name) => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(name), CultureInfo.GetCultureInfo(name));
}
