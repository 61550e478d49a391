using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Account;

/// <summary>Single sign-on as a browser does it: the provider is another site, so that cookies and form rules count.</summary>
public sealed class SsoTests(SsoCentre centre) : BrowserTest, IClassFixture<SsoCentre>
{
    private static readonly ViewportSize Desk = new() { Width = 1440, Height = 900 };

    [Theory]
    [InlineData("vi", "Đăng nhập một lần của tỉnh", "không thuộc nhóm nào")]
    [InlineData("en", "Provincial single sign-on", "in no group")]
    public async Task SignInPage_HasTheButtonAndTheReason(string language, string button, string reason)
    {
        var screen = await OpenScreenAsync(centre.Host.BaseAddress, $"/signin?lang={language}", Desk);
        await Expect(screen.Page.GetByRole(AriaRole.Link, new() { Name = button })).ToBeVisibleAsync();
        await screen.KeepPictureAsync($"signin-sso-{language}");

        await screen.Page.GotoAsync(new Uri(centre.Host.BaseAddress, "/signin?sso=no-role").ToString());

        await Expect(screen.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(reason);
        await screen.KeepPictureAsync($"signin-sso-refused-{language}");
    }

    [Fact]
    public async Task Person_GoesToTheProviderAndBack_AndOutOfBoth()
    {
        await centre.Provider.KnowAsync("b-1", ProvidersPerson.Of([SsoCentre.Operators]));
        var page = await OpenAsync(centre.Host.BaseAddress, "/account", Desk);
        await page.GetByRole(AriaRole.Link, new() { Name = "Đăng nhập một lần của tỉnh" }).ClickAsync();
        await page.WaitForURLAsync(centre.Provider.Authority + "interaction/**");
        await page.GetByLabel("sub").FillAsync("b-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng nhập" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Phạm Thị Lan");
        new Uri(page.Url).PathAndQuery.ShouldBe("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng xuất hẳn" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Đăng nhập một lần của tỉnh" })).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(centre.Host.BaseAddress, "/account").ToString());
        new Uri(page.Url).AbsolutePath.ShouldBe("/signin");
    }
}
