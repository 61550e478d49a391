using System.Net;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>An administrator issues a key, copies its token, replaces it and takes it back.</summary>
public sealed class KeysPageTests : BrowserTest
{
    private const string Password = "Sông Thu Bồn mùa lũ", Name = "an.quan.khoa";

    [Fact]
    public async Task Key_IssuedCopiedRotatedAndRevoked_AtTheConsole()
    {
        var centre = await DemoCentre.Shared;
        var page = await SignInAsync(centre);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync(new Uri(centre.Address, "/console/keys").ToString());
        await Expect(page.GetByLabel("Tên hệ thống")).ToBeEnabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cấp khóa", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Chọn đơn vị");

        await page.GetByLabel("Đơn vị", new() { Exact = true }).SelectOptionAsync("SYT");
        await page.GetByLabel("Đọc", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Tên hệ thống").FillAsync("Bảng điện của trình duyệt");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cấp khóa", Exact = true }).ClickAsync();
        var first = await TokenAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Chép", Exact = true }).ClickAsync();
        await Expect(page.Locator("#key-token-said")).ToHaveTextAsync("Đã chép.");
        (await page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).ShouldBe(first);
        (await StatusAsync(centre, first)).ShouldBe(HttpStatusCode.OK);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đã lưu, ẩn đi" }).ClickAsync();
        await Expect(page.Locator("#key-token")).ToHaveCountAsync(0);

        var row = page.Locator("tr", new() { HasText = "Bảng điện của trình duyệt" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Thay khóa" }).ClickAsync();
        await row.GetByLabel("Số ngày khóa cũ còn dùng được").FillAsync("3");
        await row.GetByRole(AriaRole.Button, new() { Name = "Thay thật?" }).ClickAsync();
        var second = await TokenAsync(page);
        second.ShouldNotBe(first);
        await Expect(row).ToHaveCountAsync(2);
        var old = row.Filter(new() { HasText = "Đã có khóa thay" });
        await old.GetByRole(AriaRole.Button, new() { Name = "Thu hồi" }).ClickAsync();
        await old.GetByRole(AriaRole.Button, new() { Name = "Thu hồi thật?" }).ClickAsync();
        await Expect(row.Filter(new() { HasText = "Đã thu hồi" })).ToHaveCountAsync(1);

        (await StatusAsync(centre, first)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(centre, second)).ShouldBe(HttpStatusCode.OK);
        var entries = await centre.Host.Services.GetRequiredService<FindAudit>().Handle(new(null, Name, null, null), null, 10, CancellationToken.None);
        entries.Select(e => e.Action).Where(a => a.StartsWith("key-", StringComparison.Ordinal))
            .ShouldBe([AuditActions.KeyRevoked, AuditActions.KeyIssued, AuditActions.KeyRotated, AuditActions.KeyIssued]);
    }

    private static async Task<string> TokenAsync(IPage page)
    {
        await Expect(page.Locator("#key-token")).ToHaveCountAsync(1);
        return await page.Locator("#key-token").InputValueAsync();
    }

    private static async Task<HttpStatusCode> StatusAsync(DemoCentre centre, string token)
    {
        using var client = new HttpClient { BaseAddress = centre.Address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        using var answer = await client.GetAsync("/api/v1/agencies");
        return answer.StatusCode;
    }

    private async Task<IPage> SignInAsync(DemoCentre centre)
    {
        using (var scope = centre.Host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(Name, Password, Roles.Administrator, "QTI")).ShouldBeEmpty();
        var page = await OpenAsync(centre.Address, "/signin");
        await page.Locator("#u").FillAsync(Name);
        await page.Locator("#p").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        await page.WaitForURLAsync("**/console");
        return page;
    }
}
