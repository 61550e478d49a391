using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>An administrator makes a person, gives and ends rights, ends a session; a reviewer prints the list and says that they looked.</summary>
public sealed class AdministrationTests : BrowserTest
{
    [Fact]
    public async Task Administrator_MakesAPersonAndGivesARoleWithDays()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "quan.tri.lap");
        await page.GoAsync(centre, "/console/people/new");
        await Expect(Button(page, "Lập tài khoản")).ToBeEnabledAsync();
        await Button(page, "Lập tài khoản").ClickAsync();
        await Expect(page.Locator("#np-user-error")).ToHaveTextAsync("Hãy điền mục này.");

        await FillAsync(page, "#np-name", "Lý Thị Hồng Nhung");
        await FillAsync(page, "#np-user", "nhung.ly");
        await page.Locator("#np-agency").SelectOptionAsync("SYT");
        await page.Locator("#np-role").SelectOptionAsync(Roles.AgencyReporter);
        await FillAsync(page, "#np-to", "31/12/2026");
        await Button(page, "Lập tài khoản").ClickAsync();
        await Expect(page.GetByText("Đã lập tài khoản nhung.ly.")).ToBeVisibleAsync();
        (await page.Locator("#initial-password").InputValueAsync()).Length.ShouldBe(20);
        await page.GetByRole(AriaRole.Link, new() { Name = "Xem tài khoản" }).ClickAsync();

        await Expect(page.Locator(".people-roles tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator(".people-roles tbody tr")).ToContainTextAsync("hết ngày 31/12/2026");
        await page.Locator("#role-name").SelectOptionAsync(Roles.Auditor);
        await Button(page, "Trao").ClickAsync();
        await Expect(page.Locator("#role-name-error")).ToContainTextAsync("Điều 2 của Quy chế");
        await page.Locator("#role-name").SelectOptionAsync(Roles.AgencyHead);
        await FillAsync(page, "#role-from", "1/1/2027");
        await FillAsync(page, "#role-to", "31/13/2027");
        await Button(page, "Trao").ClickAsync();
        await Expect(page.Locator("#role-to-error")).ToContainTextAsync("ngày/tháng/năm");
        await FillAsync(page, "#role-to", "31/03/2027");
        await FillAsync(page, "#role-reason", "QĐ 41/QĐ-SYT");
        await Button(page, "Trao").ClickAsync();
        var coming = page.Locator(".people-roles tbody tr", new() { HasText = "Sắp có" });
        await Expect(coming).ToContainTextAsync("01/01/2027 00:00");
        await Expect(coming).ToContainTextAsync("QĐ 41/QĐ-SYT");

        await coming.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(coming.GetByRole(AriaRole.Button)).ToHaveTextAsync("Kết thúc thật?");
        await coming.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Đã kết thúc vai trò" })).ToBeVisibleAsync();
        await page.GoAsync(centre, "/console/people?q=nhung+y+te");
        await Expect(page.Locator(".people-grid tbody tr")).ToContainTextAsync("Lý Thị Hồng Nhung");
    }

    [Fact]
    public async Task Session_EndedByAnAdministrator_ReturnsItsPageToSignIn()
    {
        var centre = await DemoCentre.Shared;
        var victim = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "truc.bi.ngat", Roles.Operator);
        await victim.GoAsync(centre, "/console/sources");
        await Expect(victim.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "quan.tri.ngat");
        await page.GoAsync(centre, "/console/sessions?q=truc.bi.ngat");
        var row = page.Locator(".sessions-grid tbody tr");
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row.GetByRole(AriaRole.Button)).ToBeEnabledAsync();

        await row.GetByRole(AriaRole.Button).ClickAsync();
        await row.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Đã kết thúc phiên của truc.bi.ngat" })).ToBeVisibleAsync();
        await victim.WaitForURLAsync(url => url.Contains("/signin", StringComparison.Ordinal), new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task Administrator_CannotCloseTheirOwnAccount_OthersAreClosedWithAReason()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "quan.tri.dong");
        await OpenAsync(centre.Address, "/signin").AsAsync(centre, "sap.nghi", Roles.AgencyReporter, "SYT");
        await page.GoAsync(centre, "/console/people/quan.tri.dong");
        await Expect(page.GetByText("Đây là tài khoản của bạn.")).ToBeVisibleAsync();
        await Expect(Button(page, "Đóng tài khoản")).ToHaveCountAsync(0);

        await page.GoAsync(centre, "/console/people/sap.nghi");
        await Expect(Button(page, "Đóng tài khoản")).ToBeEnabledAsync();
        await Button(page, "Đóng tài khoản").ClickAsync();
        await Button(page, "Đóng thật?").ClickAsync();
        await Expect(page.Locator("#pa-why-error")).ToHaveTextAsync("Hãy nêu lý do.");
        await FillAsync(page, "#pa-why", "12/2026");
        await Button(page, "Đóng tài khoản").ClickAsync();
        await Button(page, "Đóng thật?").ClickAsync();

        await Expect(page.Locator("aside .kv")).ToContainTextAsync("Đã đóng: 12/2026");
        await Button(page, "Mở lại tài khoản").ClickAsync();
        await Expect(page.Locator("aside .kv")).ToContainTextAsync("Đang mở");
    }

    [Fact]
    public async Task Chain_IsVerifiedFromThePage()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "kiem.tra.chuoi", Roles.Auditor, "TTT");
        await page.GoAsync(centre, "/console/security");
        await Expect(Button(page, "Kiểm tra ngay")).ToBeEnabledAsync();

        await Button(page, "Kiểm tra ngay").ClickAsync();

        await Expect(page.Locator(".adm-chain")).ToContainTextAsync("mục nguyên vẹn khi kiem.tra.chuoi kiểm tra lúc");
        await Expect(page.Locator(".adm-hash")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{64}$"));
    }

    [Fact]
    public async Task Review_Printed_IsAnAdministrativePaperOnA4_AndIsRecordedByWhoeverMay()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "ra.soat", Roles.ManagingAgency, "STTTT");
        await page.GoAsync(centre, "/console/rights-review");
        await Expect(Button(page, "Ghi nhận đã rà soát")).ToBeEnabledAsync();
        await page.Locator("#review-remarks").FillAsync("Đủ người, đủ căn cứ.");
        await Button(page, "Ghi nhận đã rà soát").ClickAsync();
        await Expect(page.Locator(".reviews li")).ToContainTextAsync("Đủ người, đủ căn cứ.");
        await Expect(page.GetByText("Lần tới: trước 23/05/2027")).ToBeVisibleAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".paper-h .motto")).ToBeVisibleAsync();
        await Expect(page.GetByText("THỦ TRƯỞNG ĐƠN VỊ")).ToBeVisibleAsync();
        foreach (var hidden in new[] { ".mud-drawer", ".mud-appbar", ".statusline", ".review aside", ".review .ph" }) await Expect(page.Locator(hidden).First).ToBeHiddenAsync();
        (await page.PdfAsync(new() { PreferCSSPageSize = true })).Length.ShouldBeGreaterThan(20_000);

        var supervisor = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "truong.ca", Roles.Supervisor, "IOC");
        await supervisor.GoAsync(centre, "/console/rights-review");
        await Expect(supervisor.Locator(".paper-g").First).ToBeVisibleAsync();
        await Expect(supervisor.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1);
        await Expect(supervisor.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận đã rà soát" })).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Administration_InALanguage_HasNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var language = new Language(centre, ConsoleText.Resources, SurfaceText.Resources);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, $"quan.tri.{lang}", language: lang);
        foreach (var (path, ready) in AdministrationSites.All)
        {
            await page.GoAsync(centre, path);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();

            // People's names and user names are nobody's language; nor are names of settings, labels and reasons that people wrote.
            var words = (await page.ReadWordsAsync()).Except(await page.Locator("""
                .people-grid td:nth-child(-n+2), .sessions-grid td:first-child, .paper-g td, .paper-g td b, .people-roles td, .person h2, h1, h2 + .t2, code, .msg h3, aside .field, .remarks, .reviews span
                """).AllInnerTextsAsync());
            words = [.. words.Where(w => !IsPersonal(w))];

            (lang == "vi" ? language.FindEnglish(words) : language.FindVietnamese(words)).ShouldBeEmpty(path);
        }

        bool IsPersonal(string text) => Roles.All.Any(role => text.Contains(role, StringComparison.Ordinal)) || text.Contains("quan.tri", StringComparison.Ordinal)
            || text.Contains("không ai", StringComparison.Ordinal) || text.Contains("Nguyễn Thị Hạnh", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Governing_InALanguage_HasNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var language = new Language(centre, ConsoleText.Resources, SurfaceText.Resources);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "truong.ca.2" + lang, Roles.Supervisor, "IOC", lang);
        foreach (var (path, ready) in GoverningSites.All)
        {
            await page.GoAsync(centre, path);
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();

            // What people wrote, and their names, are nobody's language.
            var words = (await page.ReadWordsAsync()).Except(await page.Locator(".ev2, .aside, .aside .ell, .vmeta b, .rules span, td[title]").AllInnerTextsAsync());
            (lang == "vi" ? language.FindEnglish([.. words]) : language.FindVietnamese([.. words])).ShouldBeEmpty(path);
        }
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Typed, and left: the server hears of it then.</summary>
    private static async Task FillAsync(IPage page, string field, string text)
    {
        await page.Locator(field).FillAsync(text);
        await page.Locator(field).BlurAsync();
    }
}
