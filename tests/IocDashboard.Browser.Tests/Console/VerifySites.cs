using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>The page of verification with one report open, and what its tests share.</summary>
internal static class VerifySites
{
    // Other tests report these for the same day.
    private static readonly string[] Taken = ["SGDDT-D", "VPUBND-D", "BATGT-D", "DSMS-D"];

    public static CatalogueSnapshot Catalogue(this DemoCentre centre) => centre.Host.Services.GetRequiredService<CatalogueCache>().Current;

    /// <summary>A small form that everybody may read, and whose newest period nobody has reported; each test has one of its own.</summary>
    public static Form Form(this DemoCentre centre, int fromLast) => centre.Catalogue().FormList.Where(f => f.Rhythm is Rhythm.Daily or Rhythm.Weekly && !Taken.Contains(f.Code) &&
        f.Cells() is > 2 and < 80 && f.Indicators.All(i => centre.Catalogue().Indicators[i.Code].Sharing == SharingClass.Default)).OrderBy(f => f.Rhythm).Reverse().ElementAt(fromLast);

    /// <summary>The last that is over.</summary>
    public static string Period(this Form form) => form.Rhythm == Rhythm.Daily ? "2026-11-22" : "2026-W47";

    public static string Report(this Form form) => $"{form.Code}/{form.Agency}/{form.Period()}";

    public static int Cells(this Form form) => form.Indicators.Sum(i => i.Areas.Length);

    public static async Task GoToReviewAsync(this IPage page, DemoCentre centre, Form form)
    {
        await page.GoAsync(centre, $"/console/verify?report={form.Report()}");
        await page.WaitForReviewAsync();
    }

    public static async Task WaitForReviewAsync(this IPage page)
    {
        await Expect(page.Locator("footer.keys button[data-key=v]:enabled")).ToHaveCountAsync(1);
        await Expect(page.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1);
        await Expect(page.Locator("tr#cell-1")).ToBeVisibleAsync();
    }

    /// <summary>All keys in one turn of the page's script: no server is that fast.</summary>
    public static Task PressAtOnceAsync(this IPage page, params string[] keys) => page.EvaluateAsync(
        """
        keys => keys.forEach(key => (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent("keydown", { key: key.replace("Control+", ""), ctrlKey: key.startsWith("Control+"), bubbles: true, cancelable: true })))
        """, keys);

    public static async Task<IReadOnlyList<object>> HistoryAsync(this DemoCentre centre, Form form) =>
        (await centre.Host.Services.GetRequiredService<FindReportHistory>().Handle(form.Report(), Sight.OfNobody, default))!.Events;

    /// <summary>Somebody else confirms the newest submission.</summary>
    public static async Task VerifyAsync(this DemoCentre centre, Form form, string by = "nguoi.khac")
    {
        var revision = (await centre.HistoryAsync(form)).OfType<ReportSubmitted>().Last(e => e.Complete).Revision;
        var outcome = await centre.Host.Services.GetRequiredService<VerifyReportHandler>().Handle(form.Report(), new(revision, by, centre.Clock.GetUtcNow()), default);
        outcome.Accepted.ShouldBeTrue();
    }
}
