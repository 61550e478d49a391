using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>Persons of a role who sign in at a browser.</summary>
internal static class People
{
    private const string Password = "Sông Thu Bồn mùa lũ";

    /// <summary>Makes the account, and fills in the page's sign-in form.</summary>
    public static async Task SignInAsync(this IPage page, DemoCentre centre, string userName, string role, string agency, string language = "vi", string fullName = "")
    {
        using (var scope = centre.Host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, Password, role, agency, fullName: fullName)).ShouldBeEmpty();
        await page.GotoAsync(new Uri(centre.Address, $"/signin?lang={language}").ToString());
        await page.Locator("#u").FillAsync(userName);
        await page.Locator("#p").FillAsync(Password);
        await page.Locator("form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/console", StringComparison.Ordinal) || url.EndsWith("/portal", StringComparison.Ordinal));
    }
}
