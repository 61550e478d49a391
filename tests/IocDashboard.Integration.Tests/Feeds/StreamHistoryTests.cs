using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Indicators;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Feeds;

/// <summary>What an indicator's page tells of a stream: every measurement, however many lie in one hour.</summary>
public sealed class StreamHistoryTests(Centre centre)
{
    // A source that no other test sends for.
    private readonly Feed _feed = centre.Catalogue.Feeds["SGTVT-H"];

    [Fact]
    public async Task Measurement_FollowedByAnotherWithinTheBin_IsListedDrawnAndAmongTheEvents()
    {
        var series = SeriesAt(0);
        decimal[] values = [.. Enumerable.Range(0, 4).Select(i => centre.Plausible(series.Indicator, i))];
        var peak = values.Max() + (values.Max() - values.Min());
        await SendAsync(series, (Centre.Now.AddMinutes(-40), values[0]));
        await SendAsync(series, (Centre.Now.AddMinutes(-39), peak), (Centre.Now.AddMinutes(-38), values[1]));
        await SendAsync(series, (Centre.Now.AddMinutes(-37), values[2]));

        var history = await ReadAsync(series);
        var events = await centre.Host.Services.GetRequiredService<FindEventsBehind>().Handle(
            series, centre.Catalogue.Indicators[series.Indicator], null, history, null, Own, CancellationToken.None);

        history.Page.Select(p => p.Current.Value).ShouldBe([values[2], values[1], peak, values[0]]);
        history.Line!.Points.Select(p => p.Value).ShouldContain(peak);
        history.Line.Measured.ShouldBe(4);
        events.Select(e => e.Value!.Value).ShouldContain(peak);
        events.Length.ShouldBe(4);
    }

    [Fact]
    public async Task Bin_OfManyMeasurements_KeepsItsLowestHighestAndLast()
    {
        var series = SeriesAt(1);
        var start = new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);
        decimal[] values = [.. new[] { 3, 0, 2, 5, 1, 4, 2 }.Select(shift => centre.Plausible(series.Indicator, shift))];
        await SendAsync(series, [.. values.Select((v, i) => (start.AddMinutes(i), v))]);

        var line = (await ReadAsync(series)).Line!;

        line.Points.Select(p => p.Value).ShouldBe([values[1], values[3], values[6]]);
        (line.IsThinned, line.Measured).ShouldBe((true, 7));
    }

    [Fact]
    public async Task Pages_OfALongStream_HoldEveryMeasurementOnce()
    {
        var series = SeriesAt(2);
        const int sent = (2 * FindIndicatorHistory.MostMeasurements) + 150;
        await SendAsync(series, [.. Enumerable.Range(0, sent).Select(i => (Centre.Now.AddDays(-2).AddSeconds(i), centre.Plausible(series.Indicator, i % 3)))]);
        // A correction is a revision of its measurement, and no measurement more.
        await SendAsync(series, (Centre.Now.AddDays(-2), centre.Plausible(series.Indicator, 3)));

        var found = new List<DateTimeOffset>();
        DateTimeOffset? before = null;
        IndicatorHistory page;
        do
        {
            page = await ReadAsync(series, before);
            page.Page.Length.ShouldBeLessThanOrEqualTo(FindIndicatorHistory.MostMeasurements);
            found.AddRange(page.Page.Select(p => p.Key));
            before = page.Page[^1].Key;
        }
        while (page.More);

        found.Count.ShouldBe(sent);
        found.ShouldBe(found.Distinct().OrderDescending());
        page.Page[^1].Earlier.ShouldHaveSingleItem();
    }

    private Sight Own => Sight.Of(_feed.Agency, [], Centre.Now);

    private Series SeriesAt(int place)
    {
        var column = _feed.Indicators.SelectMany(i => i.Areas, (i, area) => (i.Code, area)).ElementAt(place);
        return centre.Catalogue.SeriesByKey[column];
    }

    private Task<IndicatorHistory> ReadAsync(Series series, DateTimeOffset? before = null) =>
        centre.Host.Services.GetRequiredService<FindIndicatorHistory>().Handle(
            series, centre.Catalogue.Indicators[series.Indicator], null, Own, CancellationToken.None, before);

    private async Task SendAsync(Series series, params (DateTimeOffset At, decimal Value)[] measured)
    {
        var call = new JsonArray([.. measured.Select(m => new JsonObject { ["indicator"] = series.Indicator, ["area"] = series.Area, ["at"] = m.At, ["value"] = m.Value })]);
        (await centre.PostAsync($"/api/v1/feeds/{_feed.Code}/measurements", call.ToJsonString(), _feed.Agency)).ShouldBe(System.Net.HttpStatusCode.OK);
    }
}
