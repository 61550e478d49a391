using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Wall;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Wall;

public sealed class WallLanguageTests : BrowserTest
{
    [Fact]
    public async Task Wall_InEnglish_HasNoVietnameseWord()
    {
        var (page, language) = await OpenWallAsync("en");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        language.FindVietnamese(await page.ReadWordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Wall_InVietnamese_HasNoEnglishWord()
    {
        var (page, language) = await OpenWallAsync("vi");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "vi");
        language.FindEnglish(await page.ReadWordsAsync()).ShouldBeEmpty();
    }

    private async Task<(IPage Page, Language Language)> OpenWallAsync(string lang)
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, $"/wall?lang={lang}");
        await page.WaitForLinkAsync("live");
        return (page, new Language(centre, WallText.Resources, SurfaceText.Resources));
    }
}
