using IocDashboard.Browser.Tests.Console;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Access;

/// <summary>Signing in as people do: with a code, with a passkey, and back to the same place after a session was locked.</summary>
public sealed class SignInTests : BrowserTest
{
    [Fact]
    public async Task SecondFactor_SetUpOnThePage_IsAskedForAtTheNextSignIn()
    {
        var centre = await DemoCentre.Shared;
        await centre.AddPersonAsync("hai.lop");
        var page = await OpenAsync(centre.ByName(), "/signin");
        await page.GivePasswordAsync("hai.lop");
        await page.OpenSecondFactorAsync(centre);
        var key = await page.SetAppAsync(centre);
        var recovery = await page.Locator(".acc-codes li").First.InnerTextAsync();
        await page.SignOutAsync();

        await page.GotoAsync(new Uri(centre.ByName(), "/signin?returnUrl=%2Fconsole%2Foverdue").ToString());
        await page.GivePasswordAsync("hai.lop");
        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Mã xác thực"));
        await page.Locator("#c").FillAsync("000 000");
        await page.Locator("form:has(#c) button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Mã không đúng");
        await page.Locator("#c").FillAsync(OneTimeCode.Of(key, centre.Clock.GetUtcNow(), later: 1));
        await page.Locator("form:has(#c) button").ClickAsync();
        await page.WaitForURLAsync("**/console/overdue");

        await page.GotoAsync(new Uri(centre.ByName(), "/account").ToString());
        await Expect(page.Locator(".acc-t")).ToContainTextAsync("Mật khẩu và mã xác thực");
        await page.SignOutAsync();
        await page.GivePasswordAsync("hai.lop");
        await page.GetByText("Dùng mã dự phòng").ClickAsync();
        await page.Locator("#r").FillAsync(recovery);
        await page.Locator("form:has(#r) button").ClickAsync();
        await page.WaitForURLAsync("**/console");
    }

    [Fact]
    public async Task Passkey_NeedsNoUserName_AndOpensNoClosedAccount()
    {
        var centre = await DemoCentre.Shared;
        await centre.AddPersonAsync("van.tay");
        var page = await OpenAsync(centre.ByName(), "/signin");
        await page.HaveFingerprintReaderAsync();
        await page.GivePasswordAsync("van.tay");
        await page.OpenSecondFactorAsync(centre);
        await page.Locator("#n").FillAsync("Máy bàn phòng trực");
        await page.GetByRole(AriaRole.Button, new() { Name = "Thêm khóa truy cập" }).ClickAsync();
        await Expect(page.Locator(".acc-codes li")).ToHaveCountAsync(10);
        await Expect(page.Locator(".acc-t")).ToContainTextAsync("Máy bàn phòng trực");
        await Expect(page.Locator(".acc-t")).ToContainTextAsync("chưa dùng");
        await page.SignOutAsync();

        await page.GotoAsync(new Uri(centre.ByName(), "/signin?returnUrl=%2Fconsole%2Foverdue").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Khóa truy cập" }).ClickAsync();
        await page.WaitForURLAsync("**/console/overdue");
        await page.GotoAsync(new Uri(centre.ByName(), "/account").ToString());
        await Expect(page.Locator(".acc-t tbody tr").First).ToContainTextAsync("Khóa truy cập");
        await page.SignOutAsync();

        // A stranger who guesses locks the password and not the passkey; signing in by it does not lift the lock.
        using (var scope = centre.Host.Services.CreateScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            var account = (await accounts.FindByNameAsync("van.tay"))!;
            for (var i = 0; i < 5; i++) await accounts.AccessFailedAsync(account);
        }

        await page.GotoAsync(new Uri(centre.ByName(), "/signin?returnUrl=%2Faccount").ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Khóa truy cập" }).ClickAsync();
        await Expect(page.Locator(".acc-t tbody tr").First).ToContainTextAsync("Khóa truy cập");
        using (var scope = centre.Host.Services.CreateScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            var account = (await accounts.FindByNameAsync("van.tay"))!;
            (await accounts.IsLockedOutAsync(account)).ShouldBeTrue();
            await scope.ServiceProvider.GetRequiredService<Accounts>().UnlockAsync(account, AuditActor.Itself);
        }

        await page.SignOutAsync();

        // The password alone is not enough for an account that has a passkey.
        await page.GivePasswordAsync("van.tay");
        await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Mã xác thực"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Khóa truy cập" }).ClickAsync();
        await page.WaitForURLAsync("**/console");
        await page.GotoAsync(new Uri(centre.ByName(), "/account/second-factor").ToString());
        await Expect(page.Locator(".acc-t")).Not.ToContainTextAsync("chưa dùng");
        await page.SignOutAsync();

        using (var scope = centre.Host.Services.CreateScope())
        {
            var account = (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync("van.tay"))!;
            await scope.ServiceProvider.GetRequiredService<Accounts>().CloseAsync(account, "12/2026", AuditActor.Itself);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Khóa truy cập" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("không mở được tài khoản nào");
    }

    [Fact]
    public async Task Passkey_OnADeviceWithout_SaysSoAndLeavesThePassword()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.ByName(), "/signin?lang=en");
        await page.HaveFingerprintReaderAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Passkey" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey was not used");
        await Expect(page.Locator("#p")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Console_LeftIdle_IsLockedByItself_AndSigningInReturnsToTheSamePlace()
    {
        await using var centre = await DemoCentre.StartAsync();
        await centre.AddPersonAsync("bo.may");
        var screen = await OpenScreenAsync(centre.ByName(), "/signin?returnUrl=" + Uri.EscapeDataString("/console/indicators/GD04?area=QNM"));
        var page = screen.Page;
        await page.GivePasswordAsync("bo.may");
        await page.WaitForURLAsync("**/console/indicators/GD04?area=QNM");
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });

        // Whatever the circuit still asks for when the session is gone is refused, as it should be.
        screen.ServerMayBeAway();
        centre.Clock.PutForward(SessionState.Idle);
        await page.WaitForURLAsync("**/signin?**", new() { Timeout = 20_000 });

        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("đã khóa vì không có thao tác");
        await page.GivePasswordAsync("bo.may");
        await page.WaitForURLAsync("**/console/indicators/GD04?area=QNM");
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
    }
}
