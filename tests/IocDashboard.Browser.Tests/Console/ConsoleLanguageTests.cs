using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Surfaces.Console;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

public sealed class ConsoleLanguageTests : BrowserTest
{
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Console_InALanguage_HasNoWordOfTheOther(string lang)
    {
        var centre = await DemoCentre.Shared;
        var language = new Language(centre, ConsoleText.Resources, SurfaceText.Resources);
        var page = await OpenAsync(centre.Address, $"/signin?lang={lang}");
        foreach (var (path, ready) in ConsoleSites.All)
        {
            await page.GotoAsync(new Uri(centre.Address, path).ToString());
            await Expect(page.Locator(ready).First).ToBeVisibleAsync();

            var words = await page.ReadWordsAsync();

            (lang == "vi" ? language.FindEnglish(words) : language.FindVietnamese(words)).ShouldBeEmpty(path);
        }
    }
}
