using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>A ladder is changed on its page: tried on a real report, refused with what is wrong, kept with a reason and a history.</summary>
public sealed class LaddersPageTests : BrowserTest
{
    [Fact]
    public async Task Ladder_IsTriedOnAReport_RefusedWithWhatIsWrong_AndKeptWithItsReason()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "bac.thang", Roles.Supervisor, "IOC");
        // A rhythm whose ladder no other test looks at.
        await page.GoAsync(centre, "/console/ladders?rhythm=Quarterly");
        var preview = page.GetByRole(AriaRole.Button, new() { Name = "Xem trước" });
        await Expect(preview).ToBeEnabledAsync();

        await page.GetByLabel("Giờ, bậc 3").FillAsync("23:30");
        await preview.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Bậc centre: giờ phải từ 05:00 đến 22:00.");
        await page.GetByLabel("Giờ, bậc 3").FillAsync("09:15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lời nhắn, bậc 3" }).ClickAsync();
        await page.GetByLabel("Tiêu đề tiếng Việt").FillAsync("Báo trung tâm: {count}");
        await page.GetByLabel("Tiêu đề tiếng Anh").FillAsync("To the centre: {count}");
        await page.GetByLabel("Nội dung tiếng Việt").FillAsync("{agency} chưa nộp, hạn {deadline}");
        await page.GetByLabel("Nội dung tiếng Anh").FillAsync("{agency} has not reported.");
        await preview.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("không dùng được «{deadline}» ở đây");
        await page.GetByLabel("Nội dung tiếng Việt").FillAsync("{agency} chưa nộp, hạn {due}");
        await preview.ClickAsync();

        var region = page.GetByRole(AriaRole.Region, new() { Name = "Xem trước" });
        await Expect(region).ToContainTextAsync("báo cáo đang chờ sẽ đổi bậc");
        // Words of a letter name the centre too: by its place, after the reminder and the deadline.
        var centres = region.Locator("ol.lad-plan > li").Nth(2);
        await Expect(centres).ToContainTextAsync("09:15");
        await centres.GetByText("Xem thư").ClickAsync();
        await Expect(centres.Locator("pre")).ToContainTextAsync("Báo trung tâm: 1");
        await region.GetByRole(AriaRole.Button, new() { Name = "Lưu bậc thang" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Cần lý do");
        await page.GetByLabel("Lý do, căn cứ").FillAsync("Công văn 34");
        await region.GetByRole(AriaRole.Button, new() { Name = "Lưu bậc thang" }).ClickAsync();

        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync("Đã lưu.");
        await Expect(page.Locator("table.lad-hist tbody tr")).ToContainTextAsync("Công văn 34");
        var held = await centre.Host.Services.GetRequiredService<FindLadders>().Handle(Rhythm.Quarterly, default);
        held.Ladder.Steps.Single(s => s.Code == "centre").ShouldSatisfyAllConditions(s => s.At.ShouldBe(new(9, 15)), s => s.Means.Texts!.Vi.Body.ShouldBe("{agency} chưa nộp, hạn {due}"));
    }

    [Fact]
    public async Task Step_IsAddedAndRemoved_AndTheOthersStay()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "bac.thang.2", Roles.Supervisor, "IOC");
        await page.GoAsync(centre, "/console/ladders?rhythm=HalfYearly");
        var rows = page.Locator("table.lad-grid tbody tr");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Thêm bậc" })).ToBeEnabledAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Thêm bậc" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(5);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ bậc, bậc 1" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(page.GetByLabel("Mã bậc, bậc 1")).ToHaveValueAsync("due");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ thay đổi" }).ClickAsync();
        await Expect(page.GetByLabel("Mã bậc, bậc 1")).ToHaveValueAsync("remind");
        (await centre.Host.Services.GetRequiredService<FindLadders>().Handle(Rhythm.HalfYearly, default)).History.ShouldBeEmpty();
    }
}
