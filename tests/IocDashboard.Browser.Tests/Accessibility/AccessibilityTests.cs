using IocDashboard.Browser.Tests.Access;
using IocDashboard.Browser.Tests.Console;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Browser.Tests.Portal;
using IocDashboard.Browser.Tests.Requests;
using IocDashboard.Browser.Tests.Wall;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Browser.Tests.Accessibility;

/// <summary>
/// WCAG 2.2, levels A and AA, as far as axe can tell: each page in both languages and in both themes. Words know nothing of colours, so
/// two of the four pairs say as much.
/// </summary>
public sealed class AccessibilityTests : BrowserTest
{
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Wall_IsAccessible(string language)
    {
        var page = await OpenAsync((await DemoCentre.Shared).Address, $"/wall?lang={language}");
        await page.WaitForLinkAsync("live");

        await page.ShouldPassAsync("/wall");
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task DisciplineWall_IsAccessible(string language)
    {
        var page = await OpenAsync((await DemoCentre.Shared).Address, $"/wall?scene=discipline&lang={language}");
        await page.WaitForLinkAsync("live");
        await Expect(page.Locator(".ranking-agencies .rank-list .rank")).Not.ToHaveCountAsync(0);

        await page.ShouldPassAsync("/wall?scene=discipline");
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Pairing_IsAccessible(string language)
    {
        var page = await OpenAsync((await DemoCentre.Shared).Address, $"/wall/pair?lang={language}");
        await Expect(page.Locator(".code b")).ToHaveCountAsync(6);

        await page.ShouldPassAsync("/wall/pair");
    }

    [Theory]
    [InlineData("vi", "dark")]
    [InlineData("en", "light")]
    public async Task Console_IsAccessible(string language, string theme)
    {
        var address = (await DemoCentre.Shared).Address;
        var page = await OpenAsync(address, $"/signin?lang={language}");
        await page.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = address.ToString() }]);
        foreach (var (path, ready) in ConsoleSites.All)
        {
            await page.GotoAsync(new Uri(address, path).ToString());
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await page.ShouldPassAsync(path);
        }
    }

    [Theory]
    [InlineData("vi", "dark")]
    [InlineData("en", "light")]
    public async Task FocalPoints_AreAccessible(string language, string theme)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin");
        await page.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = centre.Address.ToString() }]);
        await page.SignInAsync(centre, "dau.moi." + language, Roles.Administrator, "QTI", language);
        foreach (var path in new[] { "/console/focal-points", "/console/focal-points?agency=SYT", "/console/focal-points?agency=X", "/console/focal-points?agency=CHKCL" })
        {
            await page.GotoAsync(new Uri(centre.Address, path).ToString());
            await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1);
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await page.ShouldPassAsync(path);
        }

        await page.Locator("aside .btn.pri").ClickAsync();
        await page.Locator("aside button[type=submit]").ClickAsync();
        await Expect(page.Locator("aside .fe")).ToHaveCountAsync(4);
        await page.ShouldPassAsync("the form, with what is wrong");
    }

    [Theory]
    [InlineData("vi", "dark")]
    [InlineData("en", "light")]
    public async Task Rules_AreAccessible(string language, string theme)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin");
        await page.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = centre.Address.ToString() }]);
        await page.SignInAsync(centre, "quy.tac.doc." + language, Roles.Supervisor, "IOC", language);
        foreach (var (path, ready) in new[]
        {
            ("/console/rules", ".rule-grid tbody tr"), ("/console/rules?rule=year-dl01", ".fp-pane p[role=status]"), ("/console/rules?rule=x", ".fp-pane [role=alert]"),
            ("/console/rules/new", "#rule-kind:enabled"), ("/console/rules/new?from=part-ns02-ns01", "#rule-kind:enabled"),
        })
        {
            await page.GotoAsync(new Uri(centre.Address, path).ToString());
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await page.ShouldPassAsync(path);
        }

        await page.Locator("form footer button[type=button]").ClickAsync();
        await Expect(page.Locator("section p[role=status]")).ToBeVisibleAsync();
        await page.Locator("#rule-kind").SelectOptionAsync("IndicatorSum");
        await page.Locator("form footer button[type=submit]").ClickAsync();
        await Expect(page.Locator("#rule-reason-error")).ToBeVisibleAsync();
        await page.ShouldPassAsync("a new rule, with a trial that was changed since and what is wrong");
    }

    [Theory]
    [InlineData("vi", "dark")]
    [InlineData("en", "light")]
    public async Task IndicatorSet_IsAccessible(string language, string theme)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin");
        await page.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = centre.Address.ToString() }]);
        await page.SignInAsync(centre, "bo.chi.so." + language, Roles.IndicatorSteward, "SKHDT", language);
        foreach (var (path, ready) in new[]
        {
            ("/console/indicator-set", ".set-grid tbody tr"), ("/console/proposals", ".gov-grid tbody tr"), ("/console/proposals?new=new", ".fp-pane button[type=submit]:enabled"),
            ("/console/proposals?new=change&code=KT05", "#gov-unitvi"), ("/console/proposals?new=retire", "#gov-code"),
        })
        {
            await page.GotoAsync(new Uri(centre.Address, path).ToString());
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await page.ShouldPassAsync(path);
        }
    }

    [Theory]
    [InlineData("vi", "dark")]
    [InlineData("en", "light")]
    public async Task Administration_IsAccessible(string language, string theme)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, $"quan.tri.{language}.{theme}", language: language);
        await page.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = centre.Address.ToString() }]);
        foreach (var (path, ready) in AdministrationSites.All)
        {
            await page.GoAsync(centre, path);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await page.ShouldPassAsync(path);
        }
    }

    [Theory]
    [InlineData("vi", "dark")]
    [InlineData("en", "light")]
    public async Task Governing_IsAccessible(string language, string theme)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "truong.ca." + language, Roles.Supervisor, "IOC", language);
        await page.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = centre.Address.ToString() }]);
        foreach (var (path, ready) in GoverningSites.All)
        {
            await page.GoAsync(centre, path);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme);
            await page.ShouldPassAsync(path);
        }

        await page.GoAsync(centre, "/console/verify");
        await Expect(page.Locator("footer.keys button[data-key=r]:enabled")).ToHaveCountAsync(1);
        await page.Locator("button[data-key=r]").ClickAsync();
        await Expect(page.Locator(".why-in")).ToBeVisibleAsync();
        await page.ShouldPassAsync("the reasons of a cell");
        await page.Locator("button[data-key=f]").ClickAsync();
        await Expect(page.Locator("#ask")).ToBeVisibleAsync();
        await page.ShouldPassAsync("whom to ask about a cell");
        await page.GoAsync(centre, "/console/overdue");
        await page.Locator("tbody .pick:enabled").First.ClickAsync();
        await Expect(page.Locator(".bulk [data-key=u]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator(".urge textarea")).ToBeVisibleAsync();
        await page.ShouldPassAsync("a letter of urging");
        await page.Locator(".bulk .btn:not(.pri)").First.ClickAsync();
        await Expect(page.Locator("form.act")).ToBeVisibleAsync();
        await page.ShouldPassAsync("what a report is excused by");
    }

    [Theory]
    [InlineData("vi", "dark")]
    [InlineData("en", "light")]
    public async Task DataRequests_AreAccessible(string language, string theme)
    {
        var centre = await DemoCentre.Shared;
        var number = await RequestSites.AskedAndAnsweredAsync(centre);
        var office = await OpenAsync(centre.Address, "/signin");
        await office.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = centre.Address.ToString() }]);
        await office.SignInAsync(centre, "yc.truc." + language, Roles.Supervisor, "IOC", language);
        foreach (var path in new[] { "/console/requests", "/console/requests/new", "/console/requests/" + number })
        {
            await office.GotoAsync(new Uri(centre.Address, path).ToString());
            await Expect(office.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
            if (path.EndsWith("new", StringComparison.Ordinal)) await office.Locator("button[type=submit]").ClickAsync();
            if (path.EndsWith(number, StringComparison.Ordinal)) await office.Locator("tr[data-agency='TKY'] .btn").Last.ClickAsync();
            await office.ShouldPassAsync(path);
        }

        var page = await OpenAsync(centre.Address, "/signin");
        await page.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = centre.Address.ToString() }]);
        await page.SignInAsync(centre, "yc.don.vi." + language, Roles.AgencyReporter, "SYT", language);
        foreach (var path in new[] { "/portal", "/portal/requests/" + number })
        {
            await page.GoToPortalAsync(centre, path);
            await page.ShouldPassAsync(path);
        }
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task SignIn_IsAccessible(string language)
    {
        var page = await OpenAsync((await DemoCentre.Shared).Address, $"/signin?lang={language}");

        await page.ShouldPassAsync("/signin");
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task SecondFactor_IsAccessible(string language)
    {
        var centre = await DemoCentre.Shared;
        await centre.AddPersonAsync("tiep.can." + language);
        var page = await OpenAsync(centre.ByName(), $"/signin?lang={language}");
        await page.HaveFingerprintReaderAsync();
        await page.ShouldPassAsync("/signin by name");
        await page.GivePasswordAsync("tiep.can." + language);
        await page.GotoAsync(new Uri(centre.ByName(), "/account/second-factor").ToString());
        await page.ShouldPassAsync("/account/second-factor, unproven");
        await page.OpenSecondFactorAsync(centre);
        await page.ShouldPassAsync("/account/second-factor");
        await page.SetAppAsync(centre);
        await page.ShouldPassAsync("/account/second-factor, recovery codes");
        await page.Locator("#n").FillAsync("Máy bàn");
        await page.Locator("form:has(#n) button").ClickAsync();
        await Expect(page.Locator(".acc-t")).ToContainTextAsync("Máy bàn");
        await page.ShouldPassAsync("/account/second-factor, set up");
        await page.SignOutAsync();
        await page.GivePasswordAsync("tiep.can." + language);
        await page.Locator("#c").FillAsync("000000");
        await page.Locator("form:has(#c) button").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.Locator("summary").ClickAsync();
        await page.ShouldPassAsync("/signin/code");
    }

    [Theory]
    [InlineData("vi", "light")]
    [InlineData("en", "dark")]
    public async Task Portal_IsAccessible(string language, string theme)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin");
        await page.Context.AddCookiesAsync([new() { Name = "ioc-theme", Value = theme, Url = centre.Address.ToString() }]);
        await page.SignInAsync(centre, $"cong.{language}.{theme}", Roles.AgencyReporter, "SYT", language);
        foreach (var (path, ready) in PortalSites.All)
        {
            await page.GoToPortalAsync(centre, path);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();
            await page.ShouldPassAsync(path);
        }
    }
}
