using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Browser.Tests.Portal;

/// <summary>The portal's pages of Sở Y tế, each with what stands in it once it was read.</summary>
internal static class PortalSites
{
    public const string Sheet = "/portal/reports/SYT-M/2026-11";

    public static readonly (string Path, string Ready)[] All =
    [
        ("/portal", ".pdue .btn"),
        ("/portal/forms", ".pdue .btn"),
        ("/portal/results", ".results tbody tr"),
        ("/portal/notices", "#notices-heading"),
        ("/portal/urgings", "#urgings-heading"),
        ("/portal/results?month=2026-10&part=expected", ".listed li"),
        ("/portal/calendar", ".cal-y td .dm"),
        (Sheet, "td[data-c]"),
        ("/portal/reports/SYT-W/2026-W40", "td[data-c]"),
    ];

    public static async Task<IPage> AtAsync(this IPage page, DemoCentre centre, string userName, string path, string role = Roles.AgencyReporter, string agency = "SYT", string language = "vi", string fullName = "")
    {
        await page.SignInAsync(centre, userName, role, agency, language, fullName);
        await page.GoToPortalAsync(centre, path);
        return page;
    }

    public static async Task GoToPortalAsync(this IPage page, DemoCentre centre, string path)
    {
        await page.GotoAsync(new Uri(centre.Address, path).ToString());
        await Expect(page.Locator(".pconn[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
    }

    public static ILocator Cell(this IPage page, string indicator, string area) => page.Locator($"td[data-c='{indicator}|{area}']");

    /// <summary>What a spreadsheet leaves on the clipboard, pasted where the focus is.</summary>
    public static Task PasteAsync(this IPage page, string text) => page.EvaluateAsync(
        """
        text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """, text);
}
