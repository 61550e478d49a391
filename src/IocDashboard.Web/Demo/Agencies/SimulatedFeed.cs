using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Demo.Agencies;

/// <summary>
/// One source of measurements. Each call carries the province and the readings that have waited longest, so that every series
/// stays well within its rule and the database does not fill with what hardly changed.
/// </summary>
internal sealed class SimulatedFeed(Feed feed, CatalogueSnapshot catalogue, FigureModel figures, Silences silences, AgencySystem system, TimeProvider clock)
{
    private readonly Dictionary<(string Indicator, string Area), DateTimeOffset> _sentAt = feed.Indicators
        .SelectMany(i => i.Areas, (i, area) => (i.Code, area)).ToDictionary(c => c, _ => DateTimeOffset.MinValue);

    private TimeSpan Pause => feed.Rhythm == Rhythm.Realtime
        ? TimeSpan.FromSeconds(3 + (4 * Random.Shared.NextDouble()))
        : TimeSpan.FromSeconds(20 + (30 * Random.Shared.NextDouble()));

    public async Task RunAsync(CancellationToken cancellation)
    {
        var wait = TimeSpan.FromSeconds(1 + (3 * Random.Shared.NextDouble()));
        var failures = 0;
        while (true)
        {
            await Task.Delay(wait, clock, cancellation);
            var now = clock.GetUtcNow();
            if (silences.IsSilent(feed, now))
            {
                wait = Pause;
                continue;
            }

            var status = await system.MeasureAsync(feed.Code, feed.Agency, Readings(now), cancellation);
            failures = status is { } code && (int)code < 400 ? 0 : Math.Min(failures + 1, 5);
            wait = Pause * Math.Pow(2, failures);
        }
    }

    internal List<JsonObject> Readings(DateTimeOffset now)
    {
        // Hourly sources read to the minute, so that a second reading within it is a correction of the first.
        var at = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % (feed.Rhythm == Rhythm.Hourly ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerSecond)), TimeSpan.Zero);
        var readings = new List<JsonObject>();
        foreach (var (code, areas, _) in feed.Indicators)
        {
            var indicator = catalogue.Indicators[code];
            var drawn = figures.At(indicator, areas, at, live: true);
            foreach (var i in Chosen(indicator, areas, now))
            {
                _sentAt[(code, areas[i])] = now;
                readings.Add(Reading(code, areas[i], at, drawn[i]));
            }
        }

        if (feed.Rhythm == Rhythm.Hourly && Random.Shared.NextDouble() < 0.04) readings.Add(Correction(now));
        return readings;
    }

    /// <summary>The province first, then those that were not heard of for longest.</summary>
    private IEnumerable<int> Chosen(Indicator indicator, IReadOnlyList<string> areas, DateTimeOffset now)
    {
        if (areas.Count <= 4) return Enumerable.Range(0, areas.Count);
        var allowed = ((StreamRule)DeadlineRule.Parse(indicator.DeadlineRule)).Tolerated * 0.55;
        var province = Enumerable.Range(0, areas.Count).Where(i => areas[i] == Area.ProvinceCode);
        var waiting = Enumerable.Range(0, areas.Count).Where(i => areas[i] != Area.ProvinceCode)
            .OrderBy(i => _sentAt[(indicator.Code, areas[i])]).ToList();
        var overdue = waiting.TakeWhile(i => now - _sentAt[(indicator.Code, areas[i])] > allowed);
        return province.Concat(overdue.Concat(waiting).Distinct().Take(Math.Max(1, overdue.Count())));
    }

    /// <summary>The last full hour, read again.</summary>
    private JsonObject Correction(DateTimeOffset now)
    {
        var (code, areas, _) = feed.Indicators[Random.Shared.Next(feed.Indicators.Length)];
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var i = Random.Shared.Next(areas.Length);
        return Reading(code, areas[i], hour, figures.At(catalogue.Indicators[code], areas, hour.AddMinutes(-5), live: true)[i]);
    }

    private static JsonObject Reading(string indicator, string area, DateTimeOffset at, decimal value) =>
        new() { ["indicator"] = indicator, ["area"] = area, ["at"] = at, ["value"] = value };
}
