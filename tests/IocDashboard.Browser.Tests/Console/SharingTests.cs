using System.Diagnostics;
using System.Globalization;
using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Browser.Tests.Wall;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>What an agreement opened leaves every open screen within seconds of its end, and comes back with the next one.</summary>
public sealed class SharingTests : BrowserTest
{
    private const float Soon = 5_000;

    private DemoCentre? _centre;

    public override async ValueTask InitializeAsync() => _centre = await DemoCentre.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            await base.DisposeAsync();
        }
        finally
        {
            if (_centre is not null) await _centre.DisposeAsync();
        }
    }

    [Fact]
    public async Task Agreement_Ended_TakesItsFiguresFromTheWallAndTheConsole()
    {
        var centre = _centre!;
        var wall = await OpenAsync(centre.Address, "/wall");
        await wall.WaitForLinkAsync("live");
        await Expect(wall.Tile("CN06")).ToHaveCountAsync(1);
        var console = await OpenAsync(centre.Address, "/console/fields/CN");
        await console.WaitForGridAsync();
        await console.FilterAsync("CN06");
        await Expect(console.GridRow(centre, "CN06", "QNM")).ToHaveCountAsync(1);
        var indicator = await OpenAsync(centre.Address, "/console/indicators/CN06");
        await Expect(indicator.Locator(".ih-v .hero")).ToHaveCountAsync(1);
        await Expect(indicator.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });

        var agreements = centre.Host.Services.GetRequiredService<CatalogueCache>().Current.Agreements;
        var agreement = agreements.Single(a => a is { Indicator: "CN06", Reader: "IOC" });
        await centre.Host.Services.GetRequiredService<EndAgreementHandler>().Handle(new(agreement.Id, AuditActor.Itself), CancellationToken.None);
        var ended = Stopwatch.StartNew();

        await Expect(wall.Tile("CN06")).ToHaveCountAsync(0, new() { Timeout = Soon });
        await Expect(indicator.Locator(".ih-v .hero")).ToHaveCountAsync(0, new() { Timeout = Soon });
        await Expect(console.GridRow(centre, "CN06", "QNM")).ToHaveCountAsync(0, new() { Timeout = Soon });
        Report(string.Create(CultureInfo.InvariantCulture, $"gone from wall and console {ended.Elapsed.TotalSeconds:0.0} s after the agreement ended"));
        await Expect(indicator.Locator("[role=alert]")).ToContainTextAsync("CN06");
        await Expect(wall.Locator("#w-CN06")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await Expect(wall.Locator("article.tile")).ToHaveCountAsync(23);

        await centre.Host.Services.GetRequiredService<RecordAgreementHandler>().Handle(
            new("CN06", "IOC", centre.Clock.GetUtcNow(), null, "Thử nghiệm", AuditActor.Itself), CancellationToken.None);
        await Expect(indicator.Locator(".ih-v .hero")).ToHaveCountAsync(1, new() { Timeout = Soon });
        await Expect(console.GridRow(centre, "CN06", "QNM")).ToHaveCountAsync(1, new() { Timeout = Soon });
    }
    [Fact]
    public async Task OpenConsole_IsNotedAgain_WhenAnAgreementBeginsAndWhenAnotherInstantIsLookedAt()
    {
        var centre = _centre!;
        var agreement = centre.Host.Services.GetRequiredService<CatalogueCache>().Current.Agreements.Single(a => a is { Indicator: "CN06", Reader: "IOC" });
        await centre.Host.Services.GetRequiredService<EndAgreementHandler>().Handle(new(agreement.Id, AuditActor.Itself), CancellationToken.None);
        var field = await OpenAsync(centre.Address, "/console/fields/CN");
        await field.WaitForGridAsync();
        await field.FilterAsync("CN06");
        await Expect(field.GridRow(centre, "CN06", "QNM")).ToHaveCountAsync(0);
        (await ReadsOfAsync("CN06")).ShouldBeEmpty();

        await centre.Host.Services.GetRequiredService<RecordAgreementHandler>().Handle(
            new("CN06", "IOC", centre.Clock.GetUtcNow(), null, "Thử nghiệm", AuditActor.Itself), CancellationToken.None);
        await Expect(field.GridRow(centre, "CN06", "QNM")).ToHaveCountAsync(1, new() { Timeout = Soon });
        (await ReadsOfAsync("CN06")).ShouldBe(["/console/fields/CN"]);

        foreach (var path in new[] { "/console/fields/CN?asOf=2026-11-20T03:00:00Z", "/console/fields/CN" })
        {
            await field.EvaluateAsync($"Blazor.navigateTo('{path}')");
            // The past is read before it is shown, and noted before that.
            await NotedAsync(path);
            await Expect(field.GridRow(centre, "CN06", "QNM")).ToHaveCountAsync(1, new() { Timeout = 15_000 });
            await Task.Delay(2_000);
        }

        await Expect(field.GridRow(centre, "CN06", "QNM")).ToHaveCountAsync(1, new() { Timeout = 15_000 });
        (await ReadsOfAsync("CN06")).ShouldBe(["/console/fields/CN?asOf=2026-11-20T03:00:00Z", "/console/fields/CN"]);

        var indicator = await OpenAsync(centre.Address, "/console/indicators/CN06");
        await Expect(indicator.Locator("footer.statusline[data-circuit]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await indicator.EvaluateAsync("Blazor.navigateTo('/console/indicators/CN06?asOf=2026-11-20T03:00:00Z')");
        await NotedAsync("/console/indicators/CN06?asOf=2026-11-20T03:00:00Z");
        (await ReadsOfAsync("CN06")).Take(2).ShouldBe(["/console/indicators/CN06?asOf=2026-11-20T03:00:00Z", "/console/indicators/CN06"]);
    }

    private async Task NotedAsync(string page)
    {
        for (var i = 0; i < 100 && !(await ReadsOfAsync("CN06")).Contains(page, StringComparer.Ordinal); i++) await Task.Delay(200);
    }

    /// <summary>What was read of it, the latest first.</summary>
    private async Task<IReadOnlyList<string>> ReadsOfAsync(string indicator) =>
        [.. (await _centre!.Host.Services.GetRequiredService<FindAudit>().Handle(new(AuditActions.SpecificRead, null, null, null), null, 100, CancellationToken.None))
            .Where(e => e.After!.Contains(indicator, StringComparison.Ordinal)).Select(e => e.Subject)];
}
