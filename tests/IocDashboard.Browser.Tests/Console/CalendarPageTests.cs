using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The working calendar stands on one page, is entered there by day and by file, and says what it would move before it does.</summary>
public sealed class CalendarPageTests : BrowserTest
{
    [Fact]
    public async Task Day_IsPreviewed_Entered_AndYieldsOtherDeadlines()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "lich.lam.viec", Roles.Supervisor, "IOC");
        // A year that no other test looks at.
        await page.GoAsync(centre, "/console/calendar?year=2041");
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Ghi một ngày" });
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "Xem trước" })).ToBeEnabledAsync();
        // 2 September 2041 is a Monday.
        await form.GetByLabel("Ngày", new() { Exact = true }).FillAsync("2/9/2041");
        await form.GetByLabel("Tên tiếng Việt").FillAsync("Quốc khánh");
        await form.GetByLabel("Tên tiếng Anh").FillAsync("National Day");
        await form.GetByRole(AriaRole.Button, new() { Name = "Xem trước" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("02/09/2041: cần căn cứ");
        await form.GetByLabel("Căn cứ (số, ngày văn bản)").FillAsync("Bộ luật Lao động");
        await form.GetByRole(AriaRole.Button, new() { Name = "Xem trước" }).ClickAsync();
        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Xem trước" });
        await Expect(preview).ToContainTextAsync("1 ngày thay đổi, 0 hạn sẽ dời.");
        await preview.GetByRole(AriaRole.Button, new() { Name = "Ghi vào lịch" }).ClickAsync();

        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync("Đã ghi 1 ngày");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "02/09/2041" })).ToContainTextAsync("Quốc khánh");
        await Expect(page.Locator("table.wcal td.off")).ToHaveCountAsync(1);
        centre.Host.Services.GetRequiredService<CatalogueCache>().Current.Calendar.IsWorkingDay(new(2041, 9, 2)).ShouldBeFalse();
    }

    [Fact]
    public async Task DayOffTomorrow_SaysWhatItWouldMove_AndMovesNothingUntilItIsEntered()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "lich.xem.truoc", Roles.Supervisor, "IOC");
        await page.GoAsync(centre, "/console/calendar");
        var form = page.GetByRole(AriaRole.Form, new() { Name = "Ghi một ngày" });
        await Expect(form.GetByRole(AriaRole.Button, new() { Name = "Xem trước" })).ToBeEnabledAsync();
        var calendar = centre.Host.Services.GetRequiredService<CatalogueCache>().Current.Calendar;
        var day = calendar.AddWorkingDays(DateOnly.FromDateTime(centre.Clock.GetUtcNow().UtcDateTime).AddDays(1), 1);

        await form.GetByLabel("Ngày", new() { Exact = true }).FillAsync(day.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture));
        await form.GetByLabel("Tên tiếng Việt").FillAsync("Nghỉ bão");
        await form.GetByLabel("Tên tiếng Anh").FillAsync("Storm");
        await form.GetByLabel("Căn cứ (số, ngày văn bản)").FillAsync("Công điện 05");
        await form.GetByRole(AriaRole.Button, new() { Name = "Xem trước" }).ClickAsync();

        var preview = page.GetByRole(AriaRole.Region, new() { Name = "Xem trước" });
        await Expect(preview.Locator("li").First).ToContainTextAsync("→");
        await preview.GetByRole(AriaRole.Button, new() { Name = "Bỏ" }).ClickAsync();
        await Expect(preview).ToHaveCountAsync(0);
        centre.Host.Services.GetRequiredService<CatalogueCache>().Current.Calendar.IsWorkingDay(day).ShouldBeTrue();
    }

    [Fact]
    public async Task File_IsJudgedByLine_AndEnteredWhole()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "lich.tep", Roles.Supervisor, "IOC");
        await page.GoAsync(centre, "/console/calendar?year=2042");
        var file = page.Locator("input[type=file]");
        await Expect(file).ToBeEnabledAsync();
        const string heading = "date,name_vi,name_en,confirmed,kind,basis\n";

        await file.SetInputFilesAsync(File(heading + "2042-04-30,Giải phóng,Reunification,yes,holiday,Luật\n2042-05-01,Lao động,Labour Day,yes,feast,Luật\n"));
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("lich.csv, dòng 3, cột kind");

        await file.SetInputFilesAsync(File(heading + "2042-04-30,Giải phóng,Reunification,yes,holiday,Luật\n2042-05-01,Lao động,Labour Day,yes,holiday,Luật\n"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi vào lịch" }).ClickAsync();
        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync("Đã ghi 2 ngày");
        await Expect(page.Locator("table.wcal td.off")).ToHaveCountAsync(2);

        await file.SetInputFilesAsync(File(heading + "2042-04-30,Giải phóng,Reunification,yes,holiday,Luật\n"));
        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync("Không có gì khác");
    }

    private static FilePayload File(string text) => new() { Name = "lich.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };
}
