using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>When each form opens, falls due and locks stands on one page; opening and lock are set there, with a reason.</summary>
public sealed class TermsPageTests : BrowserTest
{
    // A form that no other test looks at: what is set holds for what is opened from then on.
    private const string Form = "SXD-Y";

    [Fact]
    public async Task Terms_OfAForm_AreShownAndSet_WithAReason()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "thoi.han", Roles.Supervisor, "IOC");
        await page.GoAsync(centre, "/console/terms");
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        var row = page.Locator("tr", new() { Has = page.GetByRole(AriaRole.Button, new() { Name = $"Đổi thời hạn của {Form}" }) });
        await Expect(row).ToContainTextAsync("đầu kỳ");
        await Expect(row).ToContainTextAsync("365 ngày (mặc định)");
        await Expect(row.Locator("td").Nth(4)).ToContainTextAsync(":00");

        await row.GetByRole(AriaRole.Button).ClickAsync();
        var edit = page.GetByRole(AriaRole.Form, new() { Name = $"Đổi thời hạn của {Form}" });
        await edit.GetByLabel("Mở sau đầu kỳ").FillAsync("-10");
        await edit.GetByLabel("Khóa sau hạn").FillAsync("4000");
        await edit.GetByLabel("Lý do hoặc văn bản").FillAsync("Quyết định 12/QĐ-UBND");
        await edit.GetByRole(AriaRole.Button, new() { Name = "Đặt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("số ngày khóa từ 0 đến 1000");
        await edit.GetByLabel("Khóa sau hạn").FillAsync("45");
        await edit.GetByLabel("Lý do hoặc văn bản").FillAsync(" ");
        await edit.GetByRole(AriaRole.Button, new() { Name = "Đặt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Phải nêu lý do");
        centre.Host.Services.GetRequiredService<CatalogueCache>().Current.Terms.ShouldNotContainKey(Form);
        await edit.GetByLabel("Lý do hoặc văn bản").FillAsync("Quyết định 12/QĐ-UBND");
        await edit.GetByRole(AriaRole.Button, new() { Name = "Đặt" }).ClickAsync();

        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync($"Đã đặt thời hạn của {Form}");
        await Expect(row).ToContainTextAsync("trước đầu kỳ 10 ngày");
        await Expect(row).ToContainTextAsync("45 ngày");
        centre.Host.Services.GetRequiredService<CatalogueCache>().Current.TermsOf(Form).ShouldBe(new(-10, 45, 1));
    }
}
