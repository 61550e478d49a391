using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The rule book: who switches, who only reads, and what a rule would have flagged.</summary>
public sealed class RulesPageTests : BrowserTest
{
    private const string Path = "/console/rules";

    private DemoCentre? _own;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }

    [Fact]
    public async Task Steward_TriesARule_AndSwitchesItWithAReason()
    {
        var centre = _own = await DemoCentre.StartAsync();
        var page = await OpenAtAsync(centre, "dau.moi.chi.so", Roles.IndicatorSteward, "SKHDT");
        await Rows(page).Filter(new() { HasText = "part-ns02-ns01" }).ClickAsync();
        await Expect(page.Locator(".fp-pane")).ToContainTextAsync("NS02 ≤ NS01");
        await Expect(page.Locator(".fp-pane").GetByRole(AriaRole.Status)).ToContainTextAsync("Sẽ báo 0 trong");

        await Button(page, "Tắt").ClickAsync();
        await Expect(page.Locator(".fp-pane").GetByRole(AriaRole.Alert)).ToContainTextAsync("Cần nêu lý do");
        await page.Locator(".fp-pane").GetByLabel("Lý do").FillAsync("Chờ rà soát");
        await Button(page, "Tắt").ClickAsync();
        await Expect(page.GetByText("Đã tắt quy tắc part-ns02-ns01.")).ToBeVisibleAsync();
        await Expect(page.Locator(".fp-pane")).ToContainTextAsync("Chờ rà soát");
        await page.Locator(".fp-pane").GetByLabel("Lý do").FillAsync("Đã rà soát");
        await Button(page, "Bật").ClickAsync();
        await Expect(page.GetByText("Đã bật quy tắc part-ns02-ns01")).ToBeVisibleAsync();
        await Expect(Rows(page).Filter(new() { HasText = "part-ns02-ns01" })).ToContainTextAsync("Đang bật");

        await page.GotoAsync(new Uri(centre.Address, Path + "?rule=no-such-rule").ToString());
        await Expect(page.Locator(".fp-pane").GetByRole(AriaRole.Alert)).ToContainTextAsync("Không có quy tắc no-such-rule");
    }

    [Fact]
    public async Task Leader_Reads_AndSwitchesNothing()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAtAsync(centre, "lanh.dao.quy.tac", Roles.Leader, "UBND");
        await Rows(page).First.ClickAsync();

        await Expect(page.Locator(".fp-pane").GetByRole(AriaRole.Status)).ToContainTextAsync("báo cáo");
        await Expect(page.Locator("main .btn")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Page_InALanguage_HasNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var catalogue = centre.Host.Services.GetRequiredService<CatalogueCache>().Current;
        var language = new Language(centre, ConsoleText.Resources, SurfaceText.Resources);
        string[] said = [.. catalogue.Rules.Rules.SelectMany(r => new[] { r.Reason, r.By, r.Rule.Code }).Distinct().OrderByDescending(s => s.Length)];
        var page = await OpenAtAsync(centre, "quy.tac." + lang, Roles.Operator, "QTI", lang);
        foreach (var address in new[] { Path, Path + "?rule=year-dl01", Path + "?rule=part-ns02-ns01" })
        {
            await page.GotoAsync(new Uri(centre.Address, address).ToString());
            await Expect(Rows(page)).Not.ToHaveCountAsync(0);
            if (address != Path) await Expect(page.Locator(".fp-pane p[role=status]")).ToBeVisibleAsync();

            // What people wrote stays in the language that they wrote it in, and a code is of none.
            var words = (await page.ReadWordsAsync()).Select(w => said.Aggregate(w, (rest, s) => rest.Replace(s, " ", StringComparison.Ordinal)));

            (lang == "vi" ? language.FindEnglish(words) : language.FindVietnamese(words)).ShouldBeEmpty(address);
        }
    }

    private static ILocator Rows(IPage page) => page.Locator(".rule-grid tbody tr");

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task<IPage> OpenAtAsync(DemoCentre centre, string userName, string role, string agency, string language = "vi")
    {
        var page = await OpenAsync(centre.Address, "/signin");
        await page.SignInAsync(centre, userName, role, agency, language);
        await page.GotoAsync(new Uri(centre.Address, Path).ToString());
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        return page;
    }
}
