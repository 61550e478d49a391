using IocDashboard.Browser.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Wall;

/// <summary>The measure itself: it finds what it is for, and nothing in a page that is sound.</summary>
public sealed class LayoutMeasureTests : BrowserTest
{
    private const string Sound = "<p style='margin:0;line-height:1.1'>Ế Ộ Ữ gjpqy</p><p style='margin:0;line-height:1.1'>ẾỘỮ</p><div class='panel' style='overflow:hidden;width:200px'>Nông Sơn</div>";

    private static readonly (string Body, string? Fault)[] Cases =
    [
        (Sound, null),
        ("<div class='panel' style='width:40px;overflow:hidden;white-space:nowrap'>Phản ánh đúng hạn</div>", "is cut off"),
        ("<div class='tile' style='width:40px;white-space:nowrap'>Phản ánh đúng hạn</div>", "leaves its tile"),
        ("<p style='margin:0;height:12px;font-size:20px;line-height:12px;overflow:hidden'>Ế g</p>", "is cut off"),
        ("<p style='margin:0;width:60px;white-space:nowrap;position:absolute'>chưa nộp biểu</p><p style='margin:0 0 0 50px'>hạn 23/11</p>", "«chưa nộp biểu» over «hạn 23/11»"),
        ("<div style='height:50px;overflow:auto'><p style='height:90px'>1</p></div>", "has a scroll bar"),
        ("<div style='height:3000px'></div>", "the page is"),
        ("<p style='position:absolute;left:-30px'>Hội An</p>", "leaves the screen"),
    ];

    [Fact]
    public async Task Measure_OfAPage_FindsItsFault()
    {
        var page = await OpenAsync(new Uri("about:blank"), "");
        foreach (var (body, fault) in Cases)
        {
            await page.SetContentAsync($"<html><body style='margin:20px;font:20px sans-serif'>{body}</body></html>");

            var faults = await page.FindLayoutFaultsAsync();

            if (fault is null) faults.ShouldBeEmpty();
            else faults.ShouldContain(f => f.Contains(fault, StringComparison.Ordinal), body);
        }
    }
}
