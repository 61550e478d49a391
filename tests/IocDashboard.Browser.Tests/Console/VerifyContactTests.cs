using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>Whom a verifier may ask about an open report: the agency's focal points, by telephone and mail of the verifier's own.</summary>
public sealed class VerifyContactTests : BrowserTest
{
    [Fact]
    public async Task FocalPoint_IsThere_WithALetterThatNamesReportAndCells()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 11);
        var register = await centre.Host.Services.GetRequiredService<FindFocalPoints>().Handle(AgencyScope.All, default, form.Agency);
        var named = register.First(f => f.Validity.Until is null).Contact;
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "hoi.dau.moi", Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, form);
        await Expect(page.Locator(".vmeta")).ToContainTextAsync(named.Name);

        // The key marks the cell and opens the pane; Esc closes it, and the mark stays.
        await page.Keyboard.PressAsync("f");
        var pane = page.GetByRole(AriaRole.Region, new() { Name = "Đầu mối của" });
        await Expect(pane).ToContainTextAsync(named.Position);
        await Expect(pane.Locator($"a[href='tel:{string.Concat(named.Phone.Where(char.IsAsciiDigit))}']")).ToHaveTextAsync(named.Phone);
        await Expect(pane).ToContainTextAsync("từ ");
        var letter = Uri.UnescapeDataString((await pane.Locator($"a[href^='mailto:{named.Email}?']").GetAttributeAsync("href"))!);
        letter.ShouldContain($"subject=Trung tâm IOC hỏi về báo cáo: ");
        letter.ShouldContain($"\r\n1. {form.Indicators[0].Code} ");
        letter.ShouldNotContain("\r\n2. ");

        // A reason that is begun meanwhile is what Esc gives up first.
        await page.PressAtOnceAsync("r", "n");
        await Expect(page.Locator("[data-key-note]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("tr.why")).ToHaveCountAsync(0);
        await Expect(pane).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");
        await Expect(pane).ToHaveCountAsync(0);
        await Expect(page.Locator("tr#cell-1")).ToContainTextAsync("Sẽ hỏi đầu mối");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Hỏi đầu mối" });
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await pane.GetByRole(AriaRole.Button, new() { Name = "Thôi hỏi về" }).ClickAsync();
        await Expect(pane).ToContainTextAsync("Chưa chọn ô nào để hỏi");
        Uri.UnescapeDataString((await pane.Locator($"a[href^='mailto:{named.Email}?']").GetAttributeAsync("href"))!).ShouldContain("Đề nghị đơn vị liên hệ lại.");
    }

    [Fact]
    public async Task AgencyWithout_IsSaidTo()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Catalogue().Forms["DSMS-D"];
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "khong.dau.moi", Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, form);
        await Expect(page.Locator(".vmeta")).ToContainTextAsync("Thiếu đầu mối");

        await page.GetByRole(AriaRole.Button, new() { Name = "Hỏi đầu mối" }).ClickAsync();

        var pane = page.GetByRole(AriaRole.Region, new() { Name = "Đầu mối của" });
        await Expect(pane).ToContainTextAsync("Chưa từng cử ai");
        await Expect(pane.Locator("a[href^='mailto:']")).ToHaveCountAsync(0);
    }
}
