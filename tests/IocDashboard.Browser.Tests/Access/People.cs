using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Access;

/// <summary>People at a browser: an account, its password, and what their authenticator app shows.</summary>
internal static class People
{
    public const string Password = "Sông Thu Bồn mùa lũ";

    /// <summary>By name: a passkey belongs to a host name.</summary>
    public static Uri ByName(this DemoCentre centre) => new UriBuilder(centre.Address) { Host = "localhost" }.Uri;

    public static async Task AddPersonAsync(this DemoCentre centre, string userName, string role = Roles.Operator)
    {
        using var scope = centre.Host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, Password, role, "QTI")).ShouldBeEmpty();
    }

    /// <summary>From the sign-in page, up to what comes next.</summary>
    public static async Task GivePasswordAsync(this IPage page, string userName)
    {
        await page.Locator("#u").FillAsync(userName);
        await page.Locator("#p").FillAsync(Password);
        await page.Locator("form:has(#p) button").ClickAsync();
        await Expect(page.Locator("#p")).ToHaveCountAsync(0);
    }

    public static async Task OpenSecondFactorAsync(this IPage page, DemoCentre centre)
    {
        await page.GotoAsync(new Uri(centre.ByName(), "/account/second-factor").ToString());
        await page.Locator("#s").FillAsync(Password);
        await page.Locator("form:has(#s) button").ClickAsync();
        await Expect(page.Locator("[data-key]")).ToHaveCountAsync(1);
    }

    /// <returns>The key that the app now knows.</returns>
    public static async Task<string> SetAppAsync(this IPage page, DemoCentre centre)
    {
        var key = (await page.Locator("[data-key]").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("#c").FillAsync(OneTimeCode.Of(key, centre.Clock.GetUtcNow()));
        await page.Locator("form:has(#c) button").ClickAsync();
        await Expect(page.Locator(".acc-codes li")).ToHaveCountAsync(10);
        return key;
    }

    public static async Task SignOutAsync(this IPage page)
    {
        await page.Locator("form[action$=signout] button").First.ClickAsync();
        await Expect(page.Locator("#p")).ToHaveCountAsync(1);
    }

    /// <summary>A device that knows its owner's finger, always on the sensor.</summary>
    public static async Task HaveFingerprintReaderAsync(this IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
