using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The indicator set at the console: proposed by one, decided on paper, recorded by another, in force from its day, printed as of any.</summary>
public sealed class GovernancePageTests : BrowserTest
{
    private const string Indicator = "AT06", Form = "STTTT-D";

    private DemoCentre? _own;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }

    [Fact]
    public async Task ChangeOfUnit_ProposedAndDecided_BreaksTheChartFromItsDay()
    {
        var centre = _own = await DemoCentre.StartAsync();
        var steward = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "dau.moi.bo", Roles.IndicatorSteward, "SKHDT");
        await GoAsync(steward, centre, $"/console/proposals?new=change&code={Indicator}");
        await steward.Locator("#gov-unitvi").FillAsync("phần nghìn");
        await steward.Locator("#gov-uniten").FillAsync("per mille");
        await steward.Locator("#gov-wanted").FillAsync("24/11/2026");
        await Button(steward, "Gửi đề xuất").ClickAsync();
        await Expect(steward.Locator(".fp-pane").GetByRole(AriaRole.Alert)).ToContainTextAsync("Cần nêu lý do");
        await steward.Locator("#gov-reason").FillAsync("Đo chính xác hơn");
        await Button(steward, "Gửi đề xuất").ClickAsync();
        await Expect(steward.GetByText($"Đã gửi đề xuất về {Indicator}.")).ToBeVisibleAsync();
        await Expect(steward.Locator(".gov-diff")).ToContainTextAsync("phần nghìn / per mille");
        await Expect(steward.Locator(".fp-pane")).ToContainTextAsync("Số liệu sẽ thành chuỗi mới");
        await Expect(Button(steward, "Ghi phê duyệt")).ToHaveCountAsync(0);

        var manager = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "quan.ly.bo", Roles.ManagingAgency, "STTTT");
        await GoAsync(manager, centre, "/console/proposals");
        await manager.Locator(".gov-grid tbody tr").Filter(new() { HasText = Indicator }).ClickAsync();
        await manager.Locator("#gov-signed").FillAsync("23/11/2026");
        await manager.Locator("#gov-signer").FillAsync("Lê Văn B");
        await Button(manager, "Ghi phê duyệt").ClickAsync();
        await Expect(manager.Locator(".fp-pane").GetByRole(AriaRole.Alert)).ToContainTextAsync("Cần số quyết định");
        await manager.Locator("#gov-number").FillAsync("3600/QĐ-UBND");
        await Button(manager, "Ghi phê duyệt").ClickAsync();
        await Expect(manager.GetByText($"Đã ghi quyết định 3600/QĐ-UBND về {Indicator}")).ToBeVisibleAsync();
        await Expect(manager.Locator(".gov-grid tbody tr").Filter(new() { HasText = Indicator })).ToContainTextAsync("Đã phê duyệt");

        centre.Clock.PutForward(TimeSpan.FromDays(1));
        await centre.Host.Services.GetRequiredService<ApplyDecisions>().Handle(TimeSpan.Zero, CancellationToken.None);
        await centre.Reporter.SubmitAsync(Form, "2026-11-24");
        var viewer = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "nguoi.xem.bo", Roles.Supervisor, "IOC");
        await viewer.GoAsync(centre, $"/console/indicators/{Indicator}");
        await Expect(viewer.Locator(".line-chart .apexcharts-xaxis-annotations text")).ToContainTextAsync("Chuỗi số mới từ 24/11/2026");
        await Expect(viewer.Locator(".ind-c tr.brk")).ToContainTextAsync("Chuỗi số mới từ 24/11/2026: đổi đơn vị tính (3600/QĐ-UBND)");
        await Expect(viewer.Locator(".ih-d")).ToContainTextAsync("không so: chuỗi số mới từ 24/11/2026");
        await Expect(viewer.Locator(".ver-list")).ToContainTextAsync("3600/QĐ-UBND ngày 23/11/2026, Lê Văn B");
    }

    [Fact]
    public async Task Operator_ReadsProposals_AndCanNeitherProposeNorRecord()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "van.hanh.bo", Roles.Operator, "QTI");
        await GoAsync(page, centre, "/console/proposals");
        await Expect(page.Locator(".gov-grid tbody tr")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("main .ph .btn")).ToHaveCountAsync(0);
        await page.Locator(".gov-grid tbody tr").First.ClickAsync();
        await Expect(page.Locator(".fp-pane .fp-who")).ToContainTextAsync("minh họa");
        await Expect(page.Locator(".fp-pane form")).ToHaveCountAsync(0);

        await GoAsync(page, centre, "/console/proposals?new=new");
        await Expect(page.Locator(".fp-pane").GetByRole(AriaRole.Alert)).ToContainTextAsync("Vai trò của bạn không được");
    }

    [Fact]
    public async Task Set_Printed_IsAnAdministrativePaperOnA4()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "in.bo.chi.so", Roles.ManagingAgency, "STTTT");
        await page.GoAsync(centre, "/console/indicator-set?date=01/12/2026");
        await Expect(page.Locator(".set-grid tbody tr")).ToHaveCountAsync(122);
        await Expect(page.Locator(".paper-s")).ToContainTextAsync("Có hiệu lực ngày 01/12/2026: 122 chỉ số");

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator(".paper-h .motto")).ToBeVisibleAsync();
        foreach (var hidden in new[] { ".mud-drawer", ".mud-appbar", ".statusline", ".od-pane .ph" }) await Expect(page.Locator(hidden).First).ToBeHiddenAsync();
        (await page.PdfAsync(new() { PreferCSSPageSize = true })).Length.ShouldBeGreaterThan(40_000);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Pages_InALanguage_HaveNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var catalogue = centre.Host.Services.GetRequiredService<CatalogueCache>().Current;
        var language = new Language(centre, ConsoleText.Resources, SurfaceText.Resources);
        var proposal = (await centre.Host.Services.GetRequiredService<FindProposals>().Handle(Sight.OfNobody, governs: true, CancellationToken.None))[0];
        var names = centre.Host.Services.GetRequiredService<Web.Platform.Access.People.PeopleNames>();
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "ngon.ngu.bo." + lang, Roles.IndicatorSteward, "SKHDT", lang);
        foreach (var address in new[] { "/console/proposals", $"/console/proposals?proposal={proposal.Id}", "/console/proposals?new=new", "/console/indicator-set" })
        {
            await GoAsync(page, centre, address);

            // What people and documents said stays in the language in which they said it, and a proposal names both languages.
            string[] said = [proposal.Change.Reason, proposal.Change.By, names.Of(proposal.Change.By), .. catalogue.Book.Versions.Select(v => v.Decision?.Document).OfType<string>().Distinct(), .. await page.Locator(".gov-diff b, .gov-diff td:nth-child(2)").AllInnerTextsAsync()];
            var words = (await page.ReadWordsAsync()).Select(w => said.OrderByDescending(s => s.Length).Where(s => s.Length > 0).Aggregate(w, (rest, s) => rest.Replace(s, " ", StringComparison.Ordinal)))
                // A place has one name: the register's English says "Thu Bồn stage at Nông Sơn".
                .Except(lang == "en" ? catalogue.IndicatorList.Select(i => i.Name.En) : []);

            (lang == "vi" ? language.FindEnglish(words) : language.FindVietnamese(words)).ShouldBeEmpty(address);
        }
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static async Task GoAsync(IPage page, DemoCentre centre, string path)
    {
        await page.GoAsync(centre, path);
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
    }
}
