using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Files;

namespace IocDashboard.Browser.Tests.Portal;

/// <summary>A template downloaded, filled in, looked at cell by cell and written into the sheet; and files that are no such thing.</summary>
public sealed class FilePaneTests : BrowserTest
{
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private DemoCentre? _own;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }

    [Fact]
    public async Task Template_FilledIn_IsPreviewedThenWritten_AndChangesNothingTwice()
    {
        var page = await OpenSheetAsync("tep.mau");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Tải mẫu Excel" }).ClickAsync());
        download.SuggestedFilename.ShouldBe("SYT-M_2026-11.xlsx");
        using var book = new Workbook(await File.ReadAllBytesAsync(await download.PathAsync()));
        book.Number(new CellKey("YT04", "QNM"), 94.2m).Number(new CellKey("YT04", "TKY"), 94.1m).Text(new CellKey("YT04", "HAN"), "9x");
        var file = book.Save();

        await PickAsync(page, "thang-11.xlsx", file);
        await Expect(page.Locator(".upf")).ToContainTextAsync("3 ô có nội dung");
        await Expect(page.Locator(".upv tr.u-new")).ToHaveCountAsync(2);
        await Expect(page.Locator(".upv tr.u-bad")).ToContainTextAsync("không phải là số");
        await Expect(page.Cell("YT04", "QNM")).Not.ToContainTextAsync("94,2");

        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi 2 ô" }).ClickAsync();
        await Expect(page.GetByText("Đã ghi 2 ô vào bảng nhập")).ToBeVisibleAsync();
        await Expect(page.Cell("YT04", "QNM")).ToContainTextAsync("94,2");
        await Expect(page.Cell("YT04", "TKY")).ToContainTextAsync("94,1");

        await PickAsync(page, "thang-11.xlsx", file);
        await Expect(page.Locator(".upv tr.u-same")).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ghi 0 ô" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task File_ThatIsNoTemplate_IsRefusedInWords()
    {
        var page = await OpenSheetAsync("tep.hong");

        await PickAsync(page, "cu.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]]);
        await Expect(page.Locator(".pfr [role=alert]")).ToContainTextAsync("định dạng Excel cũ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bỏ tệp" }).ClickAsync();
        await PickAsync(page, "ghi-chep.csv", "ngày;việc\r\n1;họp\r\n"u8.ToArray());
        await Expect(page.Locator(".pfr [role=alert]")).ToContainTextAsync("không phải mẫu");
    }

    private async Task<IPage> OpenSheetAsync(string userName)
    {
        var centre = _own = await DemoCentre.StartAsync();
        var page = await (await OpenAsync(centre.Address, "/signin")).AtAsync(centre, userName, PortalSites.Sheet);
        await page.GetByRole(AriaRole.Button, new() { Name = "Nhập từ tệp" }).ClickAsync();
        return page;
    }

    private static Task PickAsync(IPage page, string name, byte[] file) =>
        page.Locator("#file-pick").SetInputFilesAsync(new FilePayload { Name = name, MimeType = Type, Buffer = file });
}
