using IocDashboard.Domain.Catalogue;
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

    /// <summary>Whatever the grammar admits: a month that is due in the second or the fourth after it, a day that is due weeks later.</summary>
    [Theory]
    [InlineData(Rhythm.Monthly, "end+45d@17:00", "2026-11", "2027-01-14")]
    [InlineData(Rhythm.Monthly, "end+100d@17:00", "2026-09", "2027-01-08")]
    [InlineData(Rhythm.Daily, "end+30d@17:00", "2026-12-02", "2027-01-01")]
    [InlineData(Rhythm.Yearly, "end+800d@17:00", "2024", "2027-03-11")]
    public void PlannedReports_OfALongDeadline_BeginWithTheFirstThatIsStillDue(Rhythm rhythm, string rule, string first, string due)
    {
        var indicator = new Indicator(
            "YT01", "YT", new("Y tế", "Health"), new("Ca bệnh", "Cases"), new("Ca bệnh", "Cases"), new("ca", "cases"), 0, Direction.Lower, rhythm, Accumulation.Period,
            rule, Agency, Breakdown.Province, Aggregation.Last, 0, 1000, new Thresholds(null, null, null, null, null, "illustrative"), SharingClass.Default, "illustrative");
        var form = new Form("SYT-X", Agency, rhythm, [new("YT01", ["QNM"], true)], new(2020, 1, 1));
        var catalogue = new CatalogueSnapshot([indicator], [], [], [form], [], [], CalendarBook.Empty);
        var time = new ProvinceTime(TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh"));

        var planned = PlannedReports.Of(catalogue, Agency, _ => false, time.StartOf(new(2027, 1, 1)), time.StartOf(new(2028, 1, 1)), time).ToList();

        planned[0].ShouldSatisfyAllConditions(p => p.Period.ShouldBe(first), p => p.DueAt.ShouldBe(time.At(DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture), new(17, 0))));
        planned.Select(p => p.DueAt).ShouldBeInOrder();
    }
}
