using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>A verifier at the queue, with the keyboard alone.</summary>
public sealed class VerifyPageTests : BrowserTest
{
    private const string Period = "2026-11-22";

    [Fact]
    public async Task Report_SentBackAndVerified_ByKeysAlone()
    {
        var centre = await DemoCentre.Shared;
        var form = FormOf(centre);
        var (indicator, area) = (form.Indicators[0].Code, form.Indicators[0].Areas[0]);
        var most = Catalogue(centre).Indicators[indicator].PlausibleMax;
        await centre.Reporter.SubmitAsync(form.Code, Period, [(indicator, area, most)]);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "hanh.xac.minh", Roles.Operator, "IOC");

        await GoAsync(page, centre, form);
        var flagged = page.Locator("tr#cell-1");
        await Expect(flagged.Locator(".flag")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator(".nav a[aria-current=page] .ct")).ToBeVisibleAsync();

        await Expect(flagged).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator(".why .chip.on")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("5");
        await Expect(page.Locator(".why .chip.on")).ToContainTextAsync("Nghi nhập nhầm");
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("[data-key-note]")).ToBeFocusedAsync();
        // Letters that are keys elsewhere are letters here.
        await page.Keyboard.TypeAsync("vuot rat xa cac ky truoc");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("tr#cell-2")).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("a");
        // What else the judge asks about is looked at one by one.
        var progress = page.Locator(".vprog");
        await Expect(progress).ToContainTextAsync("1 đang trả lại");
        for (var text = await progress.InnerTextAsync(); !text.EndsWith(" 0 còn lại", StringComparison.Ordinal); text = await progress.InnerTextAsync())
        {
            await page.Keyboard.PressAsync("v");
            await Expect(progress).Not.ToHaveTextAsync(text);
        }

        await Expect(flagged).ToContainTextAsync("Nghi nhập nhầm: vuot rat xa cac ky truoc");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã trả lại 1 ô");
        var returned = (await HistoryAsync(centre, form)).OfType<ReportReturned>().Last();
        returned.ShouldSatisfyAllConditions(
            r => r.By.ShouldBe("hanh.xac.minh"), r => r.Reasons.ShouldHaveSingleItem().Reason.ShouldBe("Nghi nhập nhầm: vuot rat xa cac ky truoc"),
            r => r.MendBy.ShouldNotBeNull(), r => r.Accepted.Length.ShouldBe(form.Indicators.Sum(i => i.Areas.Length) - 1));

        await centre.Reporter.SubmitAsync(form.Code, Period, []);
        await GoAsync(page, centre, form);
        await Expect(flagged).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.Locator(".vprog")).ToContainTextAsync("0 đang trả lại, 1 còn lại");
        await page.Keyboard.PressAsync("v");
        await Expect(page.Locator(".vprog")).ToContainTextAsync("0 đang trả lại, 0 còn lại");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã xác minh");
        (await HistoryAsync(centre, form))[^1].ShouldBeOfType<ReportVerified>().By.ShouldBe("hanh.xac.minh");
    }

    [Fact]
    public async Task SingleKeys_TurnedOff_DoNothing()
    {
        var centre = await DemoCentre.Shared;
        var form = FormOf(centre, fromLast: 1);
        await centre.Reporter.SubmitAsync(form.Code, Period, []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "tat.phim", Roles.Supervisor, "IOC");
        await GoAsync(page, centre, form);

        await page.Locator("[data-keys-toggle]").ClickAsync();
        await Expect(page.Locator("[data-keys-toggle]")).ToHaveTextAsync("Phím đơn: tắt");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await page.Locator("button[data-key=j]").ClickAsync();
        await Expect(page.Locator("tr#cell-2")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.Locator("tr#cell-1 .dc.ok")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Queue_IsNotThere_ForWhoDoesNotVerify()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "van.phong", Roles.PpcOffice, "IOC");

        await Expect(page.Locator(".nav a[href='/console/changes']")).ToHaveCountAsync(1);
        await Expect(page.Locator(".nav a[href='/console/verify']")).ToHaveCountAsync(0);
    }

    private static async Task GoAsync(IPage page, DemoCentre centre, Form form)
    {
        await page.GoAsync(centre, $"/console/verify?report={form.Code}/{form.Agency}/{Period}");
        await Expect(page.Locator("footer.keys button[data-key=v]:enabled")).ToHaveCountAsync(1);
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1);
        await Expect(page.Locator("tr#cell-1")).ToBeVisibleAsync();
    }

    private static async Task<IReadOnlyList<object>> HistoryAsync(DemoCentre centre, Form form) =>
        (await centre.Host.Services.GetRequiredService<FindReportHistory>().Handle($"{form.Code}/{form.Agency}/{Period}", Sight.OfNobody, default))!.Events;

    private static CatalogueSnapshot Catalogue(DemoCentre centre) => centre.Host.Services.GetRequiredService<CatalogueCache>().Current;

    /// <summary>A small daily form that everybody may read.</summary>
    private static Form FormOf(DemoCentre centre, int fromLast = 0) => Catalogue(centre).FormList.Where(f => f.Rhythm == Rhythm.Daily &&
        f.Indicators.Sum(i => i.Areas.Length) is > 2 and < 60 && f.Indicators.All(i => Catalogue(centre).Indicators[i.Code].Sharing == SharingClass.Default)).Reverse().ElementAt(fromLast);
}
