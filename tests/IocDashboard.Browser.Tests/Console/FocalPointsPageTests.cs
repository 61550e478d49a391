using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The register as the centre keeps it and as an agency's people see it. The demonstration leaves CHKCL and DSMS without.</summary>
public sealed class FocalPointsPageTests : BrowserTest
{
    private const string Path = "/console/focal-points";

    private DemoCentre? _own;

    public override async ValueTask DisposeAsync()
    {
        // The windows first: a window whose server goes away complains.
        await base.DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }

    [Fact]
    public async Task Supervisor_NamesAMissingOne_AndTheFlagGoes()
    {
        // One of its own: it counts what is missing.
        var centre = _own = await DemoCentre.StartAsync();
        var page = await OpenAtAsync(centre, "truong.ca.dau.moi", Roles.Supervisor, "IOC");
        await Expect(Rows(page).Nth(0)).ToContainTextAsync("Thiếu đầu mối");
        await Expect(Rows(page).Nth(1)).ToContainTextAsync("Thiếu đầu mối");
        await Expect(Rows(page).Nth(2)).ToContainTextAsync("Có đầu mối");
        await Expect(page.Locator("nav .ct-warn", new() { HasText = "cơ quan thiếu đầu mối" })).ToContainTextAsync("2");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("di san van hoa my son");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Rows(page).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận đầu mối chính" }).ClickAsync();
        await page.Locator("aside").GetByLabel("Điện thoại").FillAsync("12");
        await page.Locator("aside").GetByLabel("Từ ngày").FillAsync("32/13/2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận", Exact = true }).ClickAsync();
        await Expect(page.Locator("aside").GetByLabel("Họ và tên")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("aside").GetByLabel("Họ và tên")).ToHaveAccessibleDescriptionAsync("Không được để trống");
        await Expect(page.Locator("aside").GetByLabel("Điện thoại")).ToHaveAccessibleDescriptionAsync("Một số điện thoại, 7–15 chữ số");
        await Expect(page.Locator("aside").GetByLabel("Từ ngày")).ToHaveAccessibleDescriptionAsync("Ngày như 31/12/2026");

        await page.Locator("aside").GetByLabel("Họ và tên").FillAsync("Lê Văn Giả Định");
        await page.Locator("aside").GetByLabel("Chức vụ").FillAsync("Phó Trưởng ban");
        await page.Locator("aside").GetByLabel("Điện thoại").FillAsync("0235 000 0900");
        await page.Locator("aside").GetByLabel("Thư điện tử").FillAsync("giadinh@example.vn");
        await page.Locator("aside").GetByLabel("Từ ngày").FillAsync("1/11/2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã ghi nhận Lê Văn Giả Định là đầu mối chính của BQL Mỹ Sơn từ ngày 01/11/2026");
        await Expect(Rows(page).First).ToContainTextAsync("Có đầu mối");
        await Expect(page.Locator("nav .ct-warn", new() { HasText = "cơ quan thiếu đầu mối" })).ToContainTextAsync("1");

        await page.GetByRole(AriaRole.Button, new() { Name = "Kết thúc Lê Văn Giả Định" }).ClickAsync();
        await page.Locator("aside").GetByLabel("Đến hết ngày").FillAsync("22/11/2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kết thúc", Exact = true }).ClickAsync();
        await Expect(page.Locator("aside .law")).ToContainTextAsync("01/11/2026–22/11/2026");
        await Expect(Rows(page).First).ToContainTextAsync("Lê Văn Giả Định: hết hiệu lực ngày 22/11/2026");
    }

    [Fact]
    public async Task Head_ReplacesItsOwn_AndSeesNoOther()
    {
        var centre = _own = await DemoCentre.StartAsync();
        var page = await OpenAtAsync(centre, "giam.doc.so.y.te", Roles.AgencyHead, "SYT");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Rows(page).First.ClickAsync();
        await page.Locator("aside .fp-who").First.GetByRole(AriaRole.Button, new() { Name = "Thay" }).ClickAsync();
        await page.Locator("aside").GetByLabel("Họ và tên").FillAsync("Phan Thị Mẫu");
        await page.Locator("aside").GetByLabel("Chức vụ").FillAsync("Chánh Văn phòng");
        await page.Locator("aside").GetByLabel("Điện thoại").FillAsync("0235 000 0901");
        await page.Locator("aside").GetByLabel("Thư điện tử").FillAsync("mau@example.vn");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận", Exact = true }).ClickAsync();

        await Expect(Rows(page).First).ToContainTextAsync("Phan Thị Mẫu");
        await Expect(page.Locator("aside .law li")).ToHaveCountAsync(2);
        await Expect(page.Locator("aside .law li").First).ToContainTextAsync("23/06/2026–22/11/2026");

        await page.GotoAsync(new Uri(centre.Address, Path + "?agency=STC").ToString());
        await Expect(page.Locator("aside").GetByRole(AriaRole.Alert)).ToContainTextAsync("Không có cơ quan STC");
    }

    [Fact]
    public async Task Reporter_SeesItsOwn_AndChangesNothing()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAtAsync(centre, "can.bo.bao.cao", Roles.AgencyReporter, "SYT");

        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Rows(page).First.ClickAsync();
        await Expect(page.Locator("aside .fp-who")).ToHaveCountAsync(2);
        await Expect(page.Locator("main .btn")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Page_InALanguage_HasNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var language = new Language(centre, ConsoleText.Resources, SurfaceText.Resources);
        var register = await centre.Host.Services.GetRequiredService<FindFocalPoints>().Handle(AgencyScope.All, CancellationToken.None);
        string[] said = [.. register.SelectMany(f => new[] { f.Contact.Name, f.Contact.Position, f.Contact.Email, f.Recorded.By }).Distinct().OrderByDescending(s => s.Length)];
        var page = await OpenAtAsync(centre, "ngon.ngu." + lang, Roles.Administrator, "QTI", lang);
        foreach (var address in new[] { Path, Path + "?agency=SYT", Path + "?agency=CHKCL", Path + "?agency=X" })
        {
            await page.GotoAsync(new Uri(centre.Address, address).ToString());
            await Expect(Rows(page)).Not.ToHaveCountAsync(0);

            // What people wrote stays in the language that they wrote it in.
            var words = (await page.ReadWordsAsync()).Select(w => said.Aggregate(w, (rest, s) => rest.Replace(s, " ", StringComparison.Ordinal)));

            (lang == "vi" ? language.FindEnglish(words) : language.FindVietnamese(words)).ShouldBeEmpty(address);
        }
    }

    private static ILocator Rows(IPage page) => page.Locator(".fp-grid tbody tr");

    private async Task<IPage> OpenAtAsync(DemoCentre centre, string userName, string role, string agency, string language = "vi")
    {
        var page = await OpenAsync(centre.Address, "/signin");
        await page.SignInAsync(centre, userName, role, agency, language);
        await page.GotoAsync(new Uri(centre.Address, Path).ToString());
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        return page;
    }
}
