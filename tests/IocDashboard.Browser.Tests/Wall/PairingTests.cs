using System.Diagnostics;
using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Wall;

/// <summary>A screen is paired by an operator at the console, shows the wall, and waits again as soon as it is revoked.</summary>
public sealed class PairingTests : BrowserTest
{
    private const string Password = "Sông Thu Bồn mùa lũ";

    [Fact]
    public async Task Screen_PairedAtTheConsole_ShowsTheWallUntilItIsRevoked()
    {
        var centre = await DemoCentre.Shared;
        var screen = await OpenAsync(centre.Address, "/wall/pair");
        var code = string.Concat(await screen.Locator(".code b").AllInnerTextsAsync());
        await Expect(screen.Locator("[data-countdown]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^0\d:\d\d$"));
        await Expect(screen.Locator("[data-pixels]")).ToContainTextAsync("×");

        var console = await SignInAsync(centre);
        await console.GotoAsync(new Uri(centre.Address, $"/console/displays?code={code}").ToString());
        await Expect(console.GetByLabel("Mã trên màn hình")).ToBeEnabledAsync();
        await Expect(console.GetByLabel("Mã trên màn hình")).ToHaveValueAsync(code);
        await console.GetByRole(AriaRole.Button, new() { Name = "Ghép", Exact = true }).ClickAsync();
        await Expect(console.GetByRole(AriaRole.Alert)).ToContainTextAsync("Hãy đặt tên");
        await console.GetByLabel("Tên màn hình").FillAsync("Tường chính");
        await console.GetByRole(AriaRole.Button, new() { Name = "Ghép", Exact = true }).ClickAsync();
        await Expect(console.GetByRole(AriaRole.Status)).ToContainTextAsync("Đã cho phép Tường chính");

        await Expect(screen.Locator("#wall")).ToHaveCountAsync(1, new() { Timeout = 10_000 });
        await screen.WaitForFunctionAsync("() => window.__ioc?.frames > 0");
        var row = console.Locator("tr", new() { HasText = "Tường chính" });
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Button)).ToHaveTextAsync("Thu hồi thật?");
        await row.GetByRole(AriaRole.Button).ClickAsync();
        var revoked = Stopwatch.StartNew();

        await Expect(screen.Locator("#pairing .code b")).ToHaveCountAsync(6, new() { Timeout = 5_000 });
        Report(string.Create(CultureInfo.InvariantCulture, $"wall: waiting to be paired {revoked.Elapsed.TotalSeconds:0.0} s after it was revoked"));
        await Expect(row).ToContainTextAsync("Đã thu hồi");
        string.Concat(await screen.Locator(".code b").AllInnerTextsAsync()).ShouldNotBe(code);
    }

    private async Task<IPage> SignInAsync(DemoCentre centre)
    {
        using (var scope = centre.Host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync("truc.ban.man.hinh", Password, Roles.Operator, "QTI")).ShouldBeEmpty();
        var page = await OpenAsync(centre.Address, "/signin");
        await page.Locator("#u").FillAsync("truc.ban.man.hinh");
        await page.Locator("#p").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();
        await page.WaitForURLAsync("**/console");
        return page;
    }
}
