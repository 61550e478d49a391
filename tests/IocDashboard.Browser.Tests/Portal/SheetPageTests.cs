using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Browser.Tests.Portal;

/// <summary>A report filled in and sent as an official does it: by keyboard, from a spreadsheet, beside a colleague.</summary>
public sealed class SheetPageTests : BrowserTest
{
    // The first is a sheet that no other test writes into; the second is one in a centre of the test's own.
    private const string TwoAtOnce = "/portal/reports/SYT-W/2026-W48", NoNetwork = "/portal/reports/SYT-W/2026-W47";

    private DemoCentre? _own;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }

    [Fact]
    public async Task Report_ByKeyboardAlone_IsFilledInPastedAndSent()
    {
        var centre = _own = await DemoCentre.StartAsync();
        var page = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "ban.phim", "/portal");

        // From the desk to the sheet, to its first cell.
        await page.GetByRole(AriaRole.Link, new() { Name = "tháng 11/2026" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("td[data-c]").First).ToBeVisibleAsync();
        await Expect(page.Locator(".pconn[data-circuit]")).ToHaveCountAsync(1);
        for (var i = 0; i < 30 && !await page.EvaluateAsync<bool>("document.activeElement.matches('td[data-c]')"); i++) await page.Keyboard.PressAsync("Tab");
        await Expect(page.Cell("YT04", "QNM")).ToBeFocusedAsync();

        // Typed, mended, asked for a reason.
        await page.Keyboard.TypeAsync("94,2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Cell("YT04", "TKY")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("94.1");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Cell("YT08", "TKY")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("-");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Cell("YT04", "TKY")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator("tr", new() { Has = page.Cell("YT04", "TKY") }).Locator(".nr.bad").First).ToContainTextAsync("đọc được hai cách");
        await Expect(page.Cell("YT08", "TKY")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByLabel("Vì sao không có số liệu")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Alt+n");
        await Expect(page.GetByLabel("Vì sao không có số liệu")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Chờ Chi cục xác nhận");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Cell("YT08", "TKY")).ToBeFocusedAsync();
        await Expect(page.Cell("YT08", "TKY")).Not.ToHaveAttributeAsync("aria-invalid", "true");

        // The rest from a spreadsheet, over what was wrong.
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.PasteAsync(string.Join("\r\n", Enumerable.Range(0, 18).Select(i => i == 0 ? "94,1" : $"9{i % 9},5\t{i % 2}")));
        await Expect(page.GetByText("nằm ngoài bảng của biểu")).ToHaveCountAsync(0);
        await page.Cell("YT08", "QNM").ClickAsync();
        await page.Keyboard.TypeAsync("9");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".pfd")).ToContainTextAsync("38/38");
        await Expect(page.Locator(".c-bad:not(.cellkey)")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Nộp báo cáo" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".pfd")).ToContainTextAsync("Chờ xác minh");
        await Expect(page.Locator(".pfb").GetByText("Đã nộp, đúng hạn.")).ToBeVisibleAsync();
        await Expect(page.Cell("YT04", "TKY")).ToHaveTextAsync("94,1");
        await Expect(page.Cell("YT04", "TKY")).ToHaveAttributeAsync("aria-readonly", "true");
    }

    [Fact]
    public async Task TwoPeople_OnOneForm_SeeEachOther_AndLoseNothing()
    {
        var centre = await DemoCentre.Shared;
        var hong = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "do.thi.hong", TwoAtOnce, fullName: "Đỗ Thị Hồng");
        var duyen = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "truong.duyen", TwoAtOnce);

        await hong.Cell("YT01", "HAN").ClickAsync();
        await hong.Keyboard.TypeAsync("92");
        await hong.Keyboard.PressAsync("Enter");
        await Expect(duyen.Cell("YT01", "HAN")).ToHaveTextAsync("92");

        // Both in one cell: the second is told, and chooses.
        await hong.Cell("YT01", "TKY").ClickAsync();
        await hong.Keyboard.PressAsync("F2");
        await duyen.Cell("YT01", "TKY").ClickAsync();
        await duyen.Keyboard.PressAsync("F2");
        await hong.Keyboard.TypeAsync("90");
        await hong.Keyboard.PressAsync("Enter");
        await Expect(hong.Cell("YT01", "TKY")).ToHaveTextAsync("90");
        await Expect(duyen.Cell("YT01", "TKY")).ToHaveTextAsync("90");
        await duyen.Keyboard.TypeAsync("91");
        await duyen.Keyboard.PressAsync("Enter");
        await duyen.Keyboard.PressAsync("ArrowUp");
        await duyen.GetByRole(AriaRole.Button, new() { Name = "Giữ số của tôi: 91" }).ClickAsync();

        await Expect(duyen.Cell("YT01", "TKY")).ToHaveTextAsync("91");
        await Expect(hong.Cell("YT01", "TKY")).ToHaveTextAsync("91");
        await hong.Cell("YT01", "TKY").ClickAsync();
        // Who wrote is called by name, or by account where nobody wrote the name.
        await Expect(hong.Locator(".cellpast")).ToContainTextAsync("90Đỗ Thị Hồng");
        await Expect(hong.Locator(".cellpane")).ToContainTextAsync("truong.duyen");
        await Expect(hong.Locator(".puser")).ToContainTextAsync("Đỗ Thị Hồng");
    }

    [Fact]
    public async Task Typing_OverALostConnection_IsKeptAndSavedWhenItIsBack()
    {
        var centre = _own = await DemoCentre.StartAsync();
        var screen = await OpenScreenAsync(centre.Address, "/signin");
        var page = await screen.Page.AtAsync(centre, "mat.mang", NoNetwork);
        await page.Cell("YT01", "HAN").ClickAsync();
        screen.ServerMayBeAway();
        await page.Context.SetOfflineAsync(true);
        await page.Keyboard.TypeAsync("92");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Cell("YT01", "HAN")).ToHaveAttributeAsync("data-typed", "92");
        await page.Context.SetOfflineAsync(false);

        // As another sees it: it is on the server.
        var other = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "dong.nghiep", NoNetwork);
        await Expect(other.Cell("YT01", "HAN")).ToHaveTextAsync("92", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Head_WhereTheyApprove_SendsWhatTheReporterLaidBeforeThem()
    {
        var centre = _own = await DemoCentre.StartAsync();
        var head = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "giam.doc.duyet", "/portal", Roles.AgencyHead);
        await head.GetByRole(AriaRole.Button, new() { Name = "Để thủ trưởng duyệt" }).ClickAsync();
        await Expect(head.GetByText("Thủ trưởng duyệt và nộp báo cáo.")).ToBeVisibleAsync();

        var reporter = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, "nguoi.nhap", PortalSites.Sheet);
        await Expect(reporter.Locator("td[data-c][tabindex='0']")).ToHaveCountAsync(1);
        await reporter.Cell("YT04", "QNM").ClickAsync();
        await reporter.PasteAsync(string.Join('\n', Enumerable.Range(0, 19).Select(_ => "93\t1\t5")));
        await Expect(reporter.Locator(".pfd")).ToContainTextAsync("38/38");
        await Expect(reporter.GetByText("19 số đã dán nằm ngoài bảng của biểu")).ToBeVisibleAsync();
        await reporter.GetByRole(AriaRole.Button, new() { Name = "Trình thủ trưởng" }).ClickAsync();
        await Expect(reporter.Locator(".pfd")).ToContainTextAsync("Chờ thủ trưởng");

        await head.GoToPortalAsync(centre, PortalSites.Sheet);
        await head.GetByRole(AriaRole.Button, new() { Name = "Duyệt và nộp" }).ClickAsync();
        await Expect(head.Locator(".pfd")).ToContainTextAsync("Chờ xác minh");
        await Expect(reporter.Locator(".pfd")).ToContainTextAsync("Chờ xác minh");
    }
}
