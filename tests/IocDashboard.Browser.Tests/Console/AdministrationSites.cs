using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The administration pages, each with what stands in it once its circuit is at work; and somebody who may open them.</summary>
internal static class AdministrationSites
{
    public static readonly (string Path, string Ready)[] All =
    [
        ("/console/people", ".people-grid tbody tr"),
        ("/console/people?q=kh%C3%B4ng%20ai", ".msg h3"),
        ("/console/people/new", "form.adm-form button[type=submit]:enabled"),
        ("/console/people/operator", ".adm-row button[type=submit]:enabled"),
        ("/console/people/khong.ai", ".msg h3"),
        ("/console/sessions", ".sessions-grid tbody tr"),
        ("/console/jobs", ".job-grid tbody tr button:enabled"),
        ("/console/security", ".adm-chain button:enabled"),
        ("/console/webhooks", "form button[type=submit]:enabled"),
        ("/console/rights-review", ".review aside button[type=submit]:enabled"),
    ];

    /// <summary>A new window of a new account, signed in.</summary>
    public static async Task<IPage> AsAsync(this Task<IPage> opening, DemoCentre centre, string userName, string role = Roles.Administrator, string agency = "QTI", string language = "vi", string fullName = "")
    {
        var page = await opening;
        await page.SignInAsync(centre, userName, role, agency, language, fullName);
        return page;
    }

    public static Task GoAsync(this IPage page, DemoCentre centre, string path) => page.GotoAsync(new Uri(centre.Address, path).ToString());
}
