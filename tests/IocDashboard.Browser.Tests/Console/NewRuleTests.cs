using System.Net;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>A new rule from a blank form to a refused report, with the keyboard alone; and what the form offers, and to whom.</summary>
public sealed class NewRuleTests : BrowserTest
{
    private const string Path = "/console/rules/new", Form = "VPUBND-D", Indicator = "HC06", Period = "2026-11-22";

    private DemoCentre? _own;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_own is not null) await _own.DisposeAsync();
    }

    [Fact]
    public async Task Rule_ByKeysAlone_IsTriedPutIntoTheBookSwitchedOnAndRefusesWhatBreaksIt()
    {
        var centre = _own = await DemoCentre.StartAsync();
        var page = await OpenAtAsync(centre, "dau.moi.quy.tac", "/console/rules");
        await ReachAsync(page, "a[href='/console/rules/new']");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#rule-kind")).ToBeEnabledAsync();
        await ReachAsync(page, "#rule-kind");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#rule-decimals")).ToBeVisibleAsync();
        await Expect(page.Locator("#rule-most")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator("#rule-most")).ToBeVisibleAsync();
        await ReachAsync(page, "input[name=rule-effect]:checked");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator("input[name=rule-effect][value=Block]")).ToBeCheckedAsync();
        await ReachAsync(page, "#rule-form");
        await page.Keyboard.TypeAsync(Form);
        await Expect(page.Locator("#rule-form")).ToHaveValueAsync(Form);
        await ReachAsync(page, $"#rule-indicators input[value={Indicator}]");
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator("#rule-code")).ToHaveValueAsync("range-hc06");

        await ReachAsync(page, "#rule-most");
        await page.Keyboard.TypeAsync("5.5");
        await ReachAsync(page, "form footer button[type=button]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#rule-most-error")).ToContainTextAsync("“5.5” đọc được hai cách");
        await Expect(page.Locator("#rule-most")).ToHaveValueAsync("5.5");
        await ReachAsync(page, "#rule-most");
        await page.Keyboard.TypeAsync("5");
        await ReachAsync(page, "form footer button[type=button]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#rule-most-error")).ToHaveCountAsync(0);
        await Expect(Trial(page).Locator("p[role=status]")).ToContainTextAsync("Sẽ báo");
        await Expect(Trial(page).Locator("tbody tr")).Not.ToHaveCountAsync(0);
        RuleOf(centre).ShouldBeNull("trying puts nothing into the book");

        await ReachAsync(page, "form footer button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        foreach (var field in new[] { "why-vi", "why-en", "reason" }) await Expect(page.Locator($"#rule-{field}-error")).ToBeVisibleAsync();
        await Expect(page.Locator("form footer [role=alert]")).ToContainTextAsync("Còn 3 chỗ cần sửa");
        foreach (var (field, words) in new[] { ("why-vi", "Nhiệm vụ quá hạn phải dưới sáu"), ("why-en", "Fewer than six overdue tasks"), ("reason", "Theo kết luận giao ban") })
        {
            await ReachAsync(page, "#rule-" + field);
            await page.Keyboard.TypeAsync(words);
        }

        await ReachAsync(page, "form footer button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.EndsWith("/console/rules?rule=range-hc06", StringComparison.Ordinal));
        await Expect(page.Locator(".fp-pane .fp-who")).ToContainTextAsync("Đang thử");
        await Expect(page.Locator(".fp-pane p[role=status]")).ToContainTextAsync("Sẽ báo");
        RuleOf(centre)!.ShouldSatisfyAllConditions(
            r => r.State.ShouldBe(RuleState.Trial), r => r.Reason.ShouldBe("Theo kết luận giao ban"), r => r.ProposedBy.ShouldBe("dau.moi.quy.tac"),
            r => r.Rule.Effect.ShouldBe(RuleEffect.Block), r => r.Rule.Limits.ShouldBe(new(Most: 5)));
        await centre.Reporter.SubmitAsync(Form, Period, (Indicator, Area.ProvinceCode, 17m));

        await ReachAsync(page, ".fp-pane .fp-do input");
        await page.Keyboard.TypeAsync("Đã xem kết quả thử");
        await ReachAsync(page, ".fp-pane .fp-do button");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Đã bật quy tắc range-hc06")).ToBeVisibleAsync();
        var error = (await centre.Reporter.RefusedAsync(HttpStatusCode.UnprocessableEntity, Form, Period, (Indicator, Area.ProvinceCode, 17m))).ShouldHaveSingleItem();
        ((string?)error["code"]).ShouldBe(JudgementCodes.RuleRange);
        error.ToJsonString(Plain).ShouldContain("Nhiệm vụ quá hạn phải dưới sáu");
        await centre.Reporter.SubmitAsync(Form, Period, (Indicator, Area.ProvinceCode, 5m));
    }

    [Fact]
    public async Task Rule_CopiedFromAnother_SaysWhatThatOneSays_UnderACodeOfItsOwn()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAtAsync(centre, "dau.moi.chep", "/console/rules?rule=part-ns02-ns01");
        await page.Locator(".fp-pane").GetByRole(AriaRole.Link, new() { Name = "Chép thành quy tắc mới" }).ClickAsync();

        await Expect(page.Locator("#rule-kind")).ToHaveValueAsync("PartOfWhole");
        await Expect(page.Locator("#rule-indicators")).ToHaveValueAsync("NS02");
        await Expect(page.Locator("#rule-against")).ToHaveValueAsync("NS01");
        await Expect(page.Locator("#rule-code")).ToHaveValueAsync("part-ns02-ns01-2");
        await Expect(page.Locator("#rule-why-en")).ToHaveValueAsync("A part cannot be greater than the whole to which it belongs.");
        await Expect(page.Locator("#rule-reason")).ToHaveValueAsync("");
        await page.Locator("#rule-code").FillAsync("part-ns02-ns01");
        await page.Locator("#rule-code").BlurAsync();
        await page.Locator("#rule-against").SelectOptionAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Đưa vào sổ, để thử" }).ClickAsync();
        await Expect(page.Locator("#rule-code-error")).ToContainTextAsync("Mã này đã có trong sổ");
        await Expect(page.Locator("#rule-against-error")).ToContainTextAsync("Cần chọn một chỉ số khác để đối chiếu");

        await page.Locator("#rule-against").SelectOptionAsync("NS01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Thử trên 24 tháng" }).ClickAsync();
        await Expect(Trial(page).Locator("p[role=status]")).ToContainTextAsync("Sẽ báo 0 trong");
        await page.Locator("#rule-absolute").FillAsync("1");
        await page.Locator("#rule-absolute").BlurAsync();
        await Expect(Trial(page)).ToContainTextAsync("Quy tắc đã được sửa sau lần thử này.");

        await page.GoAsync(centre, Path + "?from=no-such-rule");
        await Expect(page.Locator("main [role=alert]")).ToContainTextAsync("Không có quy tắc no-such-rule");
    }

    [Fact]
    public async Task Form_OffersOnlyWhatItsReaderMaySee()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAtAsync(centre, "dau.moi.an", Path);
        await Expect(page.Locator("#rule-form")).ToBeEnabledAsync();
        await page.Locator("#rule-form").SelectOptionAsync("SYT-D");

        await Expect(page.Locator("#rule-indicators input[value=YT03]")).ToHaveCountAsync(1);
        await Expect(page.Locator("#rule-indicators input[value=YT06]")).ToHaveCountAsync(0);
        await Expect(page.Locator("#rule-indicators legend")).ToContainTextAsync("mọi chỉ số mà bạn được đọc");
        await page.Locator("#rule-kind").SelectOptionAsync("EqualAcrossForms");
        await Expect(page.Locator("#rule-against option[value=KT05]")).ToHaveCountAsync(1);
        await Expect(page.Locator("#rule-against option[value=NS06]")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Form_InALanguage_HasNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var language = new Language(centre, ConsoleText.Resources, SurfaceText.Resources);
        var page = await OpenAtAsync(centre, "quy.tac.moi." + lang, Path + "?from=part-ns02-ns01", lang);
        foreach (var kind in Enum.GetValues<RuleKind>())
        {
            await Expect(page.Locator("#rule-kind")).ToBeEnabledAsync();
            await page.Locator("#rule-kind").SelectOptionAsync(kind.ToString());
            await Expect(page.Locator("#rule-kind-text")).ToHaveTextAsync(ConsoleText.Get($"Rule.Kind.{kind}.Text", System.Globalization.CultureInfo.GetCultureInfo(lang)));
            await page.Locator("form footer button[type=submit]").ClickAsync();
            await Expect(page.Locator("#rule-reason-error")).ToBeVisibleAsync();
            var words = await page.ReadWordsAsync();
            (lang == "vi" ? language.FindEnglish(words) : language.FindVietnamese(words)).ShouldBeEmpty(kind.ToString());
        }
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static BookedRule? RuleOf(DemoCentre centre) => centre.Host.Services.GetRequiredService<CatalogueCache>().Current.Rules.Find("range-hc06");

    private static ILocator Trial(IPage page) => page.Locator("section[aria-labelledby=trial-heading]");

    /// <summary>From where the keyboard is, by Tab; past the page's end it begins anew.</summary>
    private static async Task ReachAsync(IPage page, string selector)
    {
        await Expect(page.Locator(selector).First).ToBeVisibleAsync();
        for (var i = 0; i < 400 && !await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); i++) await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(selector).First).ToBeFocusedAsync();
    }

    private async Task<IPage> OpenAtAsync(DemoCentre centre, string userName, string path, string language = "vi")
    {
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, userName, Roles.IndicatorSteward, "SKHDT", language);
        await page.GoAsync(centre, path);
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        return page;
    }
}
