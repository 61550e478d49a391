using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>On the smallest screen that the console is made for, nothing that is asked or answered on an administration page is cut off.</summary>
public sealed class AdministrationFitTests : BrowserTest
{
    private static readonly ViewportSize Small = new() { Width = 1366, Height = 768 };

    // Words in a field that do not fit it; cells with buttons that do not fit them, or lie beyond the window.
    private const string CutOff = """
        () => {
            const cut = [], measure = document.createElement("canvas").getContext("2d");
            for (const field of document.querySelectorAll("main input[placeholder]:not([placeholder=''])")) {
                const style = getComputedStyle(field);
                measure.font = style.font;
                const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
                if (field.offsetParent && measure.measureText(field.placeholder).width > room + 1) cut.push(`${field.placeholder}: ${room}`);
            }
            for (const button of document.querySelectorAll("main .grid td .btn")) {
                const cell = button.closest("td");
                if (cell.scrollWidth > cell.clientWidth + 1 || button.getBoundingClientRect().right > cell.closest(".scroll").getBoundingClientRect().right + 1)
                    cut.push(`${button.textContent.trim()} in ${cell.closest("table").className}`);
            }
            return cut;
        }
        """;

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Page_OnASmallScreen_CutsNothingOff(string lang)
    {
        var centre = await DemoCentre.Shared;
        foreach (var (role, paths) in new (string, string[])[]
        {
            (Roles.Auditor, ["/console/audit"]),
            (Roles.Administrator, ["/console/keys", "/console/people", "/console/sessions", "/console/jobs", $"/console/people/vua.man.hinh.{Roles.Auditor}.{lang}"]),
            (Roles.Operator, ["/console/displays"]), (Roles.ManagingAgency, ["/console/agreements"]),
        })
        {
            var page = await OpenAsync(centre.Address, "/signin?lang=" + lang, Small);
            await page.SignInAsync(centre, $"vua.man.hinh.{role}.{lang}", role, "QTI", lang);
            foreach (var path in paths)
            {
                await page.GotoAsync(new Uri(centre.Address, path).ToString());
                await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
                (await page.EvaluateAsync<string[]>(CutOff)).ShouldBeEmpty(path);
                if (await page.Locator("main .grid td .btn").CountAsync() == 0) continue;
                await page.Locator("main .grid td .btn").Last.ClickAsync();
                (await page.EvaluateAsync<string[]>(CutOff)).ShouldBeEmpty($"{path}, asking once more");
            }
        }
    }
}
