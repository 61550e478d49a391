using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Browser.Tests.Portal;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console;
using IocDashboard.Web.Surfaces.Portal;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Requests;

/// <summary>Asked at the console, answered in the portal by keyboard, judged at the console, seen in the portal.</summary>
public sealed class DataRequestTests : BrowserTest
{
    private DemoCentre? _own;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }

    [Fact]
    public async Task Request_AskedAnsweredReturnedAndAccepted_GoesThroughBothSurfaces()
    {
        var centre = _own = await DemoCentre.StartAsync();
        var office = await OpenAsync(centre.Address, "/signin");
        await office.SignInAsync(centre, "van.phong", Roles.PpcOffice, "VPUBND");
        await AtConsoleAsync(office, centre, "/console/requests/new");

        // Sent as it is, it says what it lacks.
        await office.GetByRole(AriaRole.Button, new() { Name = "Gửi yêu cầu" }).ClickAsync();
        await Expect(office.GetByRole(AriaRole.Alert)).ToContainTextAsync("chỗ cần sửa");
        await Expect(office.Locator("#ask-title-error")).ToContainTextAsync("Cần điền");

        await office.Locator("#ask-title").FillAsync("Ước số ca mắc 6 tháng cuối năm");
        await office.Locator("#ask-day").FillAsync(Day(centre, 3));
        await office.GetByLabel("Tìm đơn vị").FillAsync("so y te");
        await office.GetByRole(AriaRole.Checkbox, new() { Name = "Sở Y tế" }).CheckAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "Tất cả cấp huyện" }).ClickAsync();
        await Expect(office.Locator("legend", new() { HasText = "Đơn vị được hỏi" })).ToContainTextAsync("19");
        await office.GetByLabel("Tìm chỉ số cho câu 1").FillAsync("yt01");
        await office.Locator(".ask-hits button").First.ClickAsync();
        await Expect(office.Locator(".ask-chosen")).ToContainTextAsync("YT01");
        await office.GetByRole(AriaRole.Button, new() { Name = "Thêm câu hỏi" }).ClickAsync();
        var second = office.Locator("[data-question='1']");
        await second.GetByLabel("Văn bản").CheckAsync();
        await second.GetByLabel("Bắt buộc trả lời").UncheckAsync();
        await second.GetByLabel("Câu hỏi, tên số liệu").FillAsync("Khó khăn, vướng mắc");
        await office.GetByRole(AriaRole.Button, new() { Name = "Gửi yêu cầu" }).ClickAsync();
        await office.WaitForURLAsync(url => url.Contains("/console/requests/YC-", StringComparison.Ordinal));
        await Expect(office.Locator(".rq-side tbody tr")).ToHaveCountAsync(19);
        var number = office.Url.Split('/')[^1];

        // In the portal: from the desk to the answer and its sending, by keyboard alone.
        var page = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "tra.loi", "/portal");
        var row = page.Locator(".pdue tr", new() { HasText = number });
        await Expect(row).ToContainTextAsync("Yêu cầu đột xuất");
        await row.GetByRole(AriaRole.Link).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#rq-q1")).ToBeEnabledAsync(new() { Timeout = 30_000 });
        await page.Locator("#rq-q1").FocusAsync();
        await page.Keyboard.TypeAsync("1.2.3");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#rq-q1-e")).ToContainTextAsync("không phải là số");
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("12");
        await Expect(page.Locator(".pfb")).ToContainTextAsync("Đã lưu lúc");
        await Expect(page.Locator("#rq-q1-e")).ToHaveCountAsync(0);

        // A colleague sees it before it is sent; the centre does not.
        var colleague = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "dong.nghiep", "/portal/requests/" + number);
        await Expect(colleague.Locator("#rq-q1")).ToHaveValueAsync("12");
        await Expect(Line(office)).ToContainTextAsync("Chưa trả lời");

        for (var i = 0; i < 10 && !await page.EvaluateAsync<bool>("document.activeElement.matches('.pfb .btn.pri')"); i++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".pfb")).ToContainTextAsync("Đã gửi, đúng hạn.");

        // The centre sees it, sends it back, gets it again, accepts it.
        await Expect(Line(office)).ToContainTextAsync("Chờ xem");
        await Expect(Line(office)).ToContainTextAsync("12");
        await Expect(office.Locator(".nav a[href='/console/requests'] .ct")).ToContainTextAsync("1");
        await Line(office).GetByRole(AriaRole.Button, new() { Name = "Trả lại" }).ClickAsync();
        await office.Locator("#act-reason").FillAsync("Chưa gồm tháng 12");
        await office.Locator("#act-day").FillAsync(Day(centre, 1));
        await office.Locator(".fp-pane button[type=submit]").ClickAsync();
        await Expect(office.GetByText("Đã trả lại.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Bị trả lại: Chưa gồm tháng 12")).ToBeVisibleAsync();
        await page.Locator("#rq-q1").FillAsync("14");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gửi lại" }).ClickAsync();
        await Expect(Line(office)).ToContainTextAsync("14");
        await Line(office).GetByRole(AriaRole.Button, new() { Name = "Chấp nhận" }).ClickAsync();
        await Expect(page.Locator(".pfb")).ToContainTextAsync("Đã chấp nhận");
        await Expect(page.Locator("#rq-q1")).ToBeDisabledAsync();

        // Withdrawn, the others owe nothing any more.
        await office.GetByRole(AriaRole.Button, new() { Name = "Rút yêu cầu" }).ClickAsync();
        await office.Locator("#act-reason").FillAsync("Đã đủ số liệu");
        await office.Locator(".fp-pane button[type=submit]").ClickAsync();
        await Expect(office.GetByText("Yêu cầu đã được rút: Đã đủ số liệu")).ToBeVisibleAsync();
        await Expect(office.Locator("tr[data-agency='TKY']")).ToContainTextAsync("Đã rút");
        await Expect(office.Locator(".rq-side .btn")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task TwoColleagues_AtOneQuestion_SeeEachOther_AndChoose()
    {
        var centre = await DemoCentre.Shared;
        var number = await RequestSites.AskAsync(centre, "SYT");
        var hong = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "hong.yc", "/portal/requests/" + number);
        var duyen = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "duyen.yc", "/portal/requests/" + number);
        await Expect(duyen.Locator("#rq-q2")).ToBeEnabledAsync(new() { Timeout = 30_000 });
        await Expect(hong.Locator("#rq-q2")).ToBeEnabledAsync(new() { Timeout = 30_000 });

        // Each is typing when the other saves.
        await Task.WhenAll(hong.Locator("#rq-q2").PressSequentiallyAsync("của Hồng"), duyen.Locator("#rq-q2").PressSequentiallyAsync("của Duyên"));

        var (told, other) = (Keep(hong), Keep(duyen));
        for (var i = 0; i < 40 && await told.CountAsync() + await other.CountAsync() == 0; i++) await Task.Delay(100);
        (await told.CountAsync() + await other.CountAsync()).ShouldBe(1, "one of both was quicker");
        var (loser, winner, text) = await told.CountAsync() == 1 ? (hong, duyen, "của Hồng") : (duyen, hong, "của Duyên");
        await Keep(loser).ClickAsync();
        // It does not change under the other's hands: they are told, and take it.
        await Expect(winner.Locator("fieldset[data-question=q2] .fe")).ToContainTextAsync(text);
        await winner.GetByRole(AriaRole.Button, new() { Name = "Lấy nội dung đó" }).ClickAsync();
        await Expect(winner.Locator("#rq-q2")).ToHaveValueAsync(text);
        await Expect(loser.Locator("#rq-q2")).ToHaveValueAsync(text);
        // What the other had typed is still there to be read.
        await winner.Locator("fieldset[data-question=q2] .rq-past summary").ClickAsync();
        await Expect(winner.Locator("fieldset[data-question=q2] .rq-past li", new() { HasText = winner == hong ? "của Hồng" : "của Duyên" }).First).ToBeVisibleAsync();

        static ILocator Keep(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Giữ của tôi" });
    }

    [Fact]
    public async Task AnotherAgencysRequest_IsNotThere()
    {
        var centre = await DemoCentre.Shared;
        var number = await RequestSites.AskAsync(centre, "TKY");
        var screen = await OpenScreenAsync(centre.Address, "/signin");
        screen.ServerMayBeAway(); // a page that is not there answers 404
        await screen.Page.SignInAsync(centre, "to.mo.yc", Roles.AgencyReporter, "SYT");

        (await screen.Page.GotoAsync(new Uri(centre.Address, "/portal/requests/" + number).ToString()))!.Status.ShouldBe(404);
        await Expect(screen.Page.Locator("main")).ToContainTextAsync("Không có yêu cầu " + number);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Pages_InALanguage_HaveNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var number = await RequestSites.AskedAndAnsweredAsync(centre);
        var language = new Language(centre, ConsoleText.Resources, PortalText.Resources, RequestWords.Resources, SurfaceText.Resources);
        var office = await OpenAsync(centre.Address, "/signin");
        await office.SignInAsync(centre, "yc.doc." + lang, Roles.Leader, "VPUBND", lang);
        foreach (var path in new[] { "/console/requests", "/console/requests/new", "/console/requests/" + number })
        {
            await AtConsoleAsync(office, centre, path);
            if (path.EndsWith(number, StringComparison.Ordinal)) await office.Locator("tr[data-agency='TKY'] .btn").Last.ClickAsync();
            var words = await office.ReadWordsAsync();
            (lang == "vi" ? language.FindEnglish(words) : language.FindVietnamese(words)).ShouldBeEmpty(path);
        }

        var page = await OpenAsync(centre.Address, "/signin");
        await page.SignInAsync(centre, "yc.tra.loi." + lang, Roles.AgencyReporter, "SYT", lang);
        await page.GoToPortalAsync(centre, "/portal/requests/" + number);
        await Expect(page.Locator("#rq-q1")).ToBeVisibleAsync();
        var said = await page.ReadWordsAsync();
        (lang == "vi" ? language.FindEnglish(said) : language.FindVietnamese(said)).ShouldBeEmpty("portal");
    }

    private static ILocator Line(IPage office) => office.Locator("tr[data-agency='SYT']");

    private static string Day(DemoCentre centre, int later)
    {
        var services = centre.Host.Services;
        return services.GetRequiredService<ProvinceTime>().DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow()).AddDays(later).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
    }

    private static async Task AtConsoleAsync(IPage page, DemoCentre centre, string path)
    {
        await page.GotoAsync(new Uri(centre.Address, path).ToString());
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
    }
}
