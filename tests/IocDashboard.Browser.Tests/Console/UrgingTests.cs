using System.Globalization;
using IocDashboard.Browser.Tests.Accessibility;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Browser.Tests.Portal;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>An agency falls overdue before everybody's eyes, is urged, answers, reports, and is cleared; nobody reloads a page.</summary>
public sealed class UrgingTests : BrowserTest
{
    private DemoCentre _centre = null!;

    public override async ValueTask InitializeAsync() => _centre = await DemoCentre.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _centre.DisposeAsync();
    }

    [Fact]
    public async Task Agency_FallsOverdue_IsUrged_Answers_AndTheWallClears_AllLive()
    {
        await ClearAsync();
        var owed = (await _centre.Reporter.ListAsync("obligations?state=dueSoon")).Concat(await _centre.Reporter.ListAsync("obligations?state=open"))
            .OrderBy(o => (string)o["dueAt"]!, StringComparer.Ordinal).ThenBy(o => (string)o["form"]!, StringComparer.Ordinal).First();
        var (form, agency, period) = ((string)owed["form"]!, (string)owed["agency"]!, (string)owed["period"]!);
        var href = $"/console/reports/{form}/{agency}/{period}";
        var wall = await OpenAsync(_centre.Address, "/wall");
        await Expect(wall.Locator("#w-overdue")).ToContainTextAsync("Không có báo cáo quá hạn");
        var onWall = wall.Locator($"[id='od-{form}/{agency}/{period}']");

        // Nobody's session outlives the hours until then: people sign in afterwards.
        _centre.Clock.PutForward(DateTimeOffset.Parse((string)owed["dueAt"]!, CultureInfo.InvariantCulture) - _centre.Clock.GetUtcNow());
        await Expect(onWall).ToHaveCountAsync(1);
        var console = await OpenAsync(_centre.Address, "/signin").AsAsync(_centre, "nguoi.don.doc", Roles.Supervisor, "IOC");
        await console.GoAsync(_centre, "/console/overdue");
        await console.Locator("[data-key-filter] input").FillAsync(form);
        var portal = await (await OpenAsync(_centre.Address, "/signin")).AtAsync(_centre, "nguoi.lap", "/portal/urgings", agency: agency);
        await Expect(portal.Locator("article")).ToHaveCountAsync(0);
        var row = console.Locator($"tr.go:has(a[href='{href}'])");
        await Expect(row).ToHaveCountAsync(1);
        await row.Locator(".pick").ClickAsync();
        await Expect(console.Locator(".bulk [data-key=u]")).ToBeVisibleAsync();
        await console.Keyboard.PressAsync("u");
        await Expect(console.Locator(".urge textarea")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("chưa nhận được báo cáo"));
        await Expect(console.GetByRole(AriaRole.Radio, new() { Name = "VP UBND tỉnh" })).ToBeDisabledAsync();
        var name = console.GetByLabel("Họ tên, chức vụ");
        await name.FillAsync("Lê Văn Quang, Giám đốc");
        await console.GetByRole(AriaRole.Button, new() { Name = "Thêm", Exact = true }).ClickAsync();
        await Expect(console.Locator(".urge .chip").Filter(new() { HasText = "Lê Văn Quang" })).ToHaveCountAsync(1);
        await console.Locator("[data-key-send]").ClickAsync();
        await Expect(console.Locator("p.sec[role=status]")).ToContainTextAsync("Đã gửi 1 văn bản: số 1/IOC-ĐĐ");
        await Expect(row.Locator(".ld.urged")).ToContainTextAsync("đôn đốc lần 1");

        var letter = portal.Locator("article");
        await Expect(letter).ToContainTextAsync("chờ trả lời");
        await Expect(row.Locator(".ld.urged .vh")).ToContainTextAsync("đã xem");
        var docx = await portal.APIRequest.GetAsync(new Uri(_centre.Address, (await letter.Locator("a[download]").GetAttributeAsync("href"))!).ToString());
        docx.Status.ShouldBe(200);
        (await docx.BodyAsync())[..2].ShouldBe("PK"u8.ToArray());

        await portal.ShouldPassAsync("a letter to be answered");
        await letter.GetByLabel("Lý do, vướng mắc và việc đang làm").FillAsync("Đang trình lãnh đạo ký");
        await letter.GetByLabel("Hẹn nộp ngày").FillAsync("31/02/2026");
        await letter.GetByRole(AriaRole.Button, new() { Name = "Gửi trả lời" }).ClickAsync();
        await Expect(letter.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ngày hẹn nộp viết dạng");
        var day = DateOnly.FromDateTime(_centre.Clock.GetUtcNow().UtcDateTime.AddHours(7)).AddDays(1);
        await letter.GetByLabel("Hẹn nộp ngày").FillAsync(day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        await letter.GetByRole(AriaRole.Button, new() { Name = "Gửi trả lời" }).ClickAsync();
        await Expect(letter).ToContainTextAsync("Đang trình lãnh đạo ký");
        await Expect(row.Locator(".ld.urged")).ToContainTextAsync($"hẹn {day.ToString("dd/MM", CultureInfo.InvariantCulture)}");

        await _centre.Reporter.SubmitAsync(form, period);
        await Expect(row).ToHaveCountAsync(0);
        await Expect(onWall).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Letter_ThatIsBeingWritten_OutlivesAReportThatArrives()
    {
        var console = await OpenAsync(_centre.Address, "/signin").AsAsync(_centre, "nguoi.viet", Roles.Supervisor, "IOC");
        await console.GoAsync(_centre, "/console/overdue");
        var rows = console.Locator("tbody tr.go:has(.pick:enabled)");
        var parts = (await rows.Nth(0).Locator("a").GetAttributeAsync("href"))!.Split('/');
        await rows.Nth(0).Locator(".pick").ClickAsync();
        await rows.Nth(1).Locator(".pick").ClickAsync();
        await Expect(console.Locator(".bulk [data-key=u]")).ToBeVisibleAsync();
        await console.Keyboard.PressAsync("u");
        await console.Locator(".urge textarea").FillAsync("Kính gửi: đã viết một nửa");

        await _centre.Reporter.SubmitAsync(parts[^3], parts[^1]);
        await Expect(console.Locator($"tbody tr.go a[href='{string.Join('/', parts)}']")).ToHaveCountAsync(0);

        await Expect(console.Locator(".urge textarea")).ToHaveValueAsync("Kính gửi: đã viết một nửa");
    }

    [Fact]
    public async Task Report_IsExcused_InBulk_ByWhoMay_AndItsHistorySaysSo()
    {
        var console = await OpenAsync(_centre.Address, "/signin").AsAsync(_centre, "nguoi.mien", Roles.ManagingAgency, "STTTT");
        await console.GoAsync(_centre, "/console/overdue");
        var picks = console.Locator("tbody .pick:enabled");
        await Expect(picks).Not.ToHaveCountAsync(0);
        var before = await console.Locator("tbody tr.go").CountAsync();
        var links = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            links.Add((await console.Locator("tbody tr.go:has(.pick:enabled) a").Nth(i).GetAttributeAsync("href"))!);
            await picks.Nth(i).ClickAsync();
        }

        await Expect(console.Locator(".bulk")).ToContainTextAsync("Đã chọn 2");
        await console.GetByRole(AriaRole.Button, new() { Name = "Miễn báo cáo" }).ClickAsync();
        var form = console.GetByRole(AriaRole.Form, new() { Name = "Miễn báo cáo" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận 2 báo cáo" }).ClickAsync();
        await Expect(form.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await form.Locator("input").Nth(0).FillAsync("15/UBND-KSTT ngày 20/11/2026");
        await form.Locator("input").Nth(1).FillAsync("Bão số 13");
        await form.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận 2 báo cáo" }).ClickAsync();

        await Expect(console.Locator("p.sec[role=status]")).ToContainTextAsync("Đã miễn 2 báo cáo");
        await Expect(console.Locator("tbody tr.go")).ToHaveCountAsync(before - 2);
        await console.GotoAsync(new Uri(_centre.Address, links[0]).ToString());
        await Expect(console.Locator(".ih")).ToContainTextAsync("Được miễn");
        await Expect(console.Locator(".ev").First).ToContainTextAsync("Được miễn: Bão số 13");

        var end = console.GetByRole(AriaRole.Form, new() { Name = "Thôi miễn" });
        await Expect(end.GetByRole(AriaRole.Button)).ToBeEnabledAsync();
        await end.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(end.GetByRole(AriaRole.Alert)).ToContainTextAsync("Cần ghi nội dung");
        await end.Locator("input").FillAsync("Đã có điện");
        await end.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(console.Locator(".ev").First).ToContainTextAsync("Thôi miễn: Đã có điện");
        await Expect(end).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Operator_CannotExcuse_ButFollowsAndHandsBack()
    {
        var console = await OpenAsync(_centre.Address, "/signin").AsAsync(_centre, "nguoi.truc", Roles.Operator, "IOC", fullName: "Phạm Văn Trực");
        await console.GoAsync(_centre, "/console/overdue");
        await console.Locator("tbody .pick:enabled").First.ClickAsync();
        await Expect(console.GetByRole(AriaRole.Button, new() { Name = "Đôn đốc" })).ToBeVisibleAsync();
        await Expect(console.GetByRole(AriaRole.Button, new() { Name = "Miễn báo cáo" })).ToHaveCountAsync(0);

        await console.GetByRole(AriaRole.Button, new() { Name = "Nhận theo dõi" }).ClickAsync();
        var form = console.GetByRole(AriaRole.Form, new() { Name = "Nhận theo dõi" });
        await form.Locator("input").FillAsync("Gọi trực tiếp");
        await form.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận" }).ClickAsync();
        var followed = console.Locator("tbody tr.go").Filter(new() { HasText = "Phạm Văn Trực theo dõi" });
        await Expect(followed).ToHaveCountAsync(1);
        await console.GetByRole(AriaRole.Button, new() { Name = "Tôi theo dõi" }).ClickAsync();
        await Expect(console.Locator("tbody tr.go")).ToHaveCountAsync(1);

        await followed.Locator(".pick").ClickAsync();
        await console.GetByRole(AriaRole.Button, new() { Name = "Thôi theo dõi" }).ClickAsync();
        await console.GetByRole(AriaRole.Button, new() { Name = "Thôi theo dõi thật?" }).ClickAsync();
        await Expect(followed).ToHaveCountAsync(0);
    }

    /// <summary>The wall holds the worst five: what is late already is excused.</summary>
    private async Task ClearAsync()
    {
        foreach (var late in await _centre.Reporter.ListAsync("obligations?state=overdue"))
            (await _centre.Host.Services.GetRequiredService<PursueReportHandler>().Excuse(
                $"{late["form"]}/{late["agency"]}/{late["period"]}", "15/UBND-KSTT", "Bão số 13", AuditActor.Itself, CancellationToken.None)).ShouldBeEmpty();
    }
}
