using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The bodies that urge read their own inbox at the console, live, and letters that fail are seen there.</summary>
public sealed class NoticesPageTests : BrowserTest
{
    [Fact]
    public async Task Notice_OfTheOfficeAppearsByItself_IsCounted_AndSeenOnce()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "van.phong.1", Roles.PpcOffice, "VPUBND");
        await page.GoAsync(centre, "/console/notices");
        await Expect(page.Locator("#notices-heading")).ToContainTextAsync("Thông báo gửi Văn phòng");
        await Expect(page.Locator("section.od-pane .inbox, section.od-pane .msg h3").First).ToBeVisibleAsync();

        var id = await InsertAsync(centre, "VPUBND", channel: 0, address: null);
        var card = page.Locator($"li:has(#notice-{id})");
        await Expect(card).ToContainTextAsync("Sở Y tế", new() { Timeout = 60_000 });
        var link = page.GetByRole(AriaRole.Link, new() { Name = "Thông báo" });
        await Expect(link).ToContainTextAsync("thông báo chưa xem", new() { Timeout = 60_000 });
        await card.GetByRole(AriaRole.Button, new() { Name = "Đánh dấu đã xem" }).ClickAsync();

        await Expect(card).ToContainTextAsync("đã xem");
        await Expect(card.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        (await centre.Host.Services.GetRequiredService<FindNotices>().Handle("VPUBND", default)).Single(n => n.Id == id).ReadBy.ShouldBe("van.phong.1");
    }

    [Fact]
    public async Task LetterThatFailed_IsShown_AndTriedAgain_AndWithoutAServerThePageSaysSo()
    {
        var centre = await DemoCentre.Shared;
        var id = await InsertAsync(centre, "SYT", channel: 1, address: "hong@syt.example");
        await using (var fail = centre.Host.Database.CreateCommand("update notice set attempts = 1, failed_at = made_at, error = '550 No such user here' where id = $1"))
        {
            fail.Parameters.Add(new() { Value = id });
            await fail.ExecuteNonQueryAsync();
        }

        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "truc.thu", Roles.Supervisor, "IOC");
        await page.GoAsync(centre, "/console/deliveries");
        await Expect(page.GetByText("Chưa cấu hình máy chủ thư")).ToBeVisibleAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "hong@syt.example" });
        await Expect(row).ToContainTextAsync("550 No such user here");
        await Expect(row).ToContainTextAsync("Bị từ chối");
        await row.GetByRole(AriaRole.Button, new() { Name = "Gửi lại" }).ClickAsync();

        await Expect(page.Locator("p.sec[role=status]")).ToContainTextAsync("Sẽ gửi lại cho hong@syt.example");
        await Expect(row).ToContainTextAsync("Đang chờ");
    }

    [Fact]
    public async Task Webhook_IsRegistered_ItsSecretShownOnce_AndEnded()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "quan.tri.webhook");
        await page.GoAsync(centre, "/console/webhooks");
        var register = page.GetByRole(AriaRole.Button, new() { Name = "Đăng ký", Exact = true });
        await Expect(register).ToBeEnabledAsync();
        await page.GetByLabel("Của đơn vị").SelectOptionAsync("SYT");
        await page.GetByLabel("Địa chỉ nhận").FillAsync("http://he-thong.example/ioc");
        await register.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Địa chỉ phải là https");
        await page.GetByLabel("Địa chỉ nhận").FillAsync("https://he-thong.example/ioc");
        await register.ClickAsync();
        await Expect(page.Locator("#hook-secret")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^whsec_"));

        await page.ReloadAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "https://he-thong.example/ioc" });
        await Expect(row).ToContainTextAsync("Đang dùng");
        await Expect(page.Locator("#hook-secret")).ToHaveCountAsync(0);
        await Expect(row.GetByRole(AriaRole.Button)).ToBeEnabledAsync();
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(row).ToContainTextAsync("Đã kết thúc");
    }

    private static async Task<long> InsertAsync(DemoCentre centre, string reader, short channel, string? address)
    {
        await using var command = centre.Host.Database.CreateCommand("""
            insert into notice (kind, agency, reader, audiences, channel, address, items, made_at, send_at)
            select 1, 'SYT', $1, '{4}', $2, $3, jsonb_build_array(jsonb_build_object('Report', r.id, 'Step', 'office', 'DueAt', r.due_at, 'At', r.due_at, 'IsMissed', false)), $4, $4
            from report r where r.agency = 'SYT' order by r.due_at limit 1 returning id
            """);
        command.Parameters.AddRange((Npgsql.NpgsqlParameter[])[new() { Value = reader }, new() { Value = channel }, new() { Value = (object?)address ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { Value = centre.Clock.GetUtcNow() }]);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
