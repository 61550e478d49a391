using IocDashboard.Browser.Tests.Console;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Wall;

/// <summary>A wall of verified figures only: what nobody has verified has no value there, and what is verified comes by itself.</summary>
public sealed class VerifiedWallTests : BrowserTest
{
    private const string Indicator = "GT01", Area = "QNM", Form = "BATGT-D";

    [Fact]
    public async Task Figure_UntilItIsVerified_AndOnceItIsNoMore_HasNoValue()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Catalogue().Forms[Form];
        var wall = await OpenAsync(centre.Address, "/wall?verified=only");
        await wall.WaitForLinkAsync("live");
        await Expect(wall.Locator("body")).ToContainTextAsync("Chỉ số liệu đã xác minh");
        await wall.EvaluateAsync("() => window.sameDocument = true");

        await centre.Reporter.SubmitAsync(Form, form.Period(), [(Indicator, Area, 37m)]);
        await ShouldShowAsync(wall, null);

        await centre.VerifyAsync(form);
        await ShouldShowAsync(wall, "37");

        // A correction is nobody's figure until it is verified too; the one before is no longer what the agency says.
        await centre.Reporter.SubmitAsync(Form, form.Period(), [(Indicator, Area, 36m)]);
        await ShouldShowAsync(wall, null);
        await centre.VerifyAsync(form);
        await ShouldShowAsync(wall, "36");

        var revision = (await centre.HistoryAsync(form)).OfType<ReportSubmitted>().Last().Revision;
        (await centre.Host.Services.GetRequiredService<ReturnReportHandler>().Handle(
            form.Report(), new(revision, [new(Indicator, Area, "Lệch với báo cáo ngành")], "nguoi.khac", centre.Clock.GetUtcNow()), default)).Accepted.ShouldBeTrue();
        await ShouldShowAsync(wall, null);
        (await wall.EvaluateAsync<bool>("() => window.sameDocument === true")).ShouldBeTrue();
    }

    private static async Task ShouldShowAsync(IPage wall, string? value)
    {
        var tile = wall.Tile(Indicator);
        if (value is not null)
        {
            await Expect(tile.Locator("data")).ToHaveTextAsync(value);
            return;
        }

        await Expect(tile.Locator("data")).ToHaveCountAsync(0);
        await Expect(tile.Locator(".tile-value.none")).ToHaveTextAsync("—");
        // It came: to say that nobody reported would be a lie.
        await Expect(tile).ToContainTextAsync("chưa xác minh");
        await Expect(tile).Not.ToContainTextAsync("chưa báo cáo");
    }
}
