using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Obligations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>What a calendar announces is what is opened when its time comes.</summary>
public sealed class PlannedReportsTests
{
    private const string Agency = "SYT";

    [Fact]
    public async Task PlannedReports_AreThoseThatAreOpenedLater_DueAtTheSameInstant()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
        await using var host = await JobCalls.StartAtRestAsync(clock);
        var (find, time) = (host.Services.GetRequiredService<FindDue>(), host.Services.GetRequiredService<ProvinceTime>());
        await host.OpenAsync();
        // Over the turn of the year and its holidays.
        var (from, before) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(60));
        var open = (await find.Handle(Agency, from, before, default)).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);

        var planned = PlannedReports.Of(host.Services.GetRequiredService<CatalogueCache>().Current, Agency, open.Contains, from, before, time).ToList();
        for (var day = 0; day < 60; day++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await host.OpenAsync();
        }

        var later = (await find.Handle(Agency, from, before, default)).Where(r => !open.Contains(r.Id)).ToList();
        later.Count.ShouldBeGreaterThan(30);
        planned.Select(p => (ReportKey.Of(p.Form, p.Agency, ReportingPeriod.Parse(p.Period)), p.DueAt)).ShouldBe(later.Select(r => (r.Id, r.DueAt)), ignoreOrder: true);
    }
}
