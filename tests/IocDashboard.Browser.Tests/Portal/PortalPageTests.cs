using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Portal;
using IocDashboard.Web.Surfaces.Portal.Files;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Portal;

public sealed class PortalPageTests : BrowserTest
{
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Portal_InALanguage_HasNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var language = new Language(centre, PortalText.Resources, FileText.Resources, SurfaceText.Resources);
        var register = await centre.Host.Services.GetRequiredService<Web.Features.FocalPoints.FindFocalPoints>().Handle(AgencyScope.All, CancellationToken.None);
        string[] said = [.. register.SelectMany(f => new[] { f.Contact.Name, f.Contact.Position }).Distinct().OrderByDescending(s => s.Length)];
        var page = await OpenAsync(centre.Address, "/signin");
        await page.SignInAsync(centre, "cong." + lang, Roles.AgencyReporter, "SYT", lang);
        foreach (var (path, ready) in PortalSites.All)
        {
            await page.GoToPortalAsync(centre, path);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();

            // What people wrote stays in the language that they wrote it in.
            var words = (await page.ReadWordsAsync()).Select(w => said.Aggregate(w, (rest, s) => rest.Replace(s, " ", StringComparison.Ordinal)));

            (lang == "vi" ? language.FindEnglish(words) : language.FindVietnamese(words)).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task AnotherAgencysReport_IsNotThere()
    {
        var centre = await DemoCentre.Shared;
        var screen = await OpenScreenAsync(centre.Address, "/signin");
        screen.ServerMayBeAway(); // a page that is not there answers 404
        var page = screen.Page;
        await page.SignInAsync(centre, "to.mo", Roles.AgencyReporter, "SYT");

        var response = await page.GotoAsync(new Uri(centre.Address, "/portal/reports/CTHUE-W/2026-W46").ToString());

        response!.Status.ShouldBe(404);
        await Expect(page.Locator("main")).ToContainTextAsync("Không có báo cáo này");
    }

    [Fact]
    public async Task Calendar_FromTheMonthOnTheDeskToTheYear_ByKeyboard_SaysWhatIsDueWhenInWhatState()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin", new() { Width = 1366, Height = 768 });
        await page.SignInAsync(centre, "lich.nop", Roles.AgencyReporter, "SYT");
        await page.GoToPortalAsync(centre, "/portal");

        var strip = page.GetByRole(AriaRole.Region, new() { Name = "Hạn trong tháng 11/2026" }).First;
        await Expect(strip.Locator("li")).ToHaveCountAsync(30);
        await Expect(strip.Locator("li.now")).ToContainTextAsync("23");
        // Those who hear the page hear the days that something is due, each with how it stands.
        var days = strip.GetByRole(AriaRole.Link);
        // The 24th is a holiday: what it would ask for is due the day after.
        await Expect(days.Filter(new() { HasText = "Thứ Tư, 25/11" })).ToContainTextAsync("Thứ Tư, 25/11: ");
        await Expect(strip.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(await days.CountAsync());

        await page.GetByRole(AriaRole.Link, new() { Name = "Lịch nộp cả năm" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var year = page.GetByRole(AriaRole.Table, new() { Name = "Hạn nộp theo tháng và ngày" });
        await Expect(year.Locator("tbody tr")).ToHaveCountAsync(12);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Lịch nộp năm 2026");
        await Expect(year.Locator("tr.on")).ToContainTextAsync("Tháng 11");
        await Expect(page.Locator(".cal-l")).ToContainTextAsync("SYT-D · ");
        // A year fits, and what is to come beyond the opened reports is announced.
        (await page.EvaluateAsync<bool>("() => { const t = document.querySelector('.cal-y'); return t.getBoundingClientRect().right <= t.closest('.scroll').getBoundingClientRect().right + 1; }")).ShouldBeTrue();
        await year.GetByRole(AriaRole.Link, new() { Name = "Tháng 12" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#month-heading")).ToHaveTextAsync("Hạn trong tháng 12/2026");
        await Expect(page.Locator(".cal-l")).ToContainTextAsync("Dự kiến theo lịch");
        await page.GetByRole(AriaRole.Link, new() { Name = "2025", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Lịch nộp năm 2025");
        await Expect(year.Locator(".dm-done").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Results_EachNumber_OpensTheListBehindIt()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin");
        await page.SignInAsync(centre, "ket.qua", Roles.AgencyReporter, "SYT");
        await page.GoToPortalAsync(centre, "/portal/results");

        var number = page.GetByRole(AriaRole.Link, new() { Name = "Đúng hạn, tháng 10/2026" });
        var count = int.Parse(await number.InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
        await number.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Đúng hạn, tháng 10/2026" })).ToBeVisibleAsync();
        await Expect(page.Locator(".listed li")).ToHaveCountAsync(count);
        await page.Locator(".listed a").First.ClickAsync();
        await Expect(page.Locator(".pform h1")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Desk_SaysWhatWantsAHandNow_AndWhatComes()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin");
        await page.SignInAsync(centre, "can.lam", Roles.AgencyReporter, "SYT");
        await page.GoToPortalAsync(centre, "/portal");

        await Expect(page.Locator("h1")).ToContainTextAsync("báo cáo");
        await Expect(page.Locator("tr.grp").First).ToContainTextAsync("Cần làm ngay");
        await Expect(page.Locator("aside .meas")).ToContainTextAsync("Đúng hạn");
    }
}
