using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Features;

namespace IocDashboard.Web.Demo.History;

/// <summary>
/// What a source has measured until now: dense for the last days, before that one reading a day, so that a chart of two years
/// and one of yesterday both have something to show.
/// </summary>
internal sealed class FeedStory(Stage stage)
{
    private static readonly TimeSpan HourlyFor = TimeSpan.FromDays(8), RealtimeFor = TimeSpan.FromDays(3), Quarter = TimeSpan.FromMinutes(15);

    /// <summary>Parts of the province are kept daily for half a year; stations and the province for all of it.</summary>
    private static readonly TimeSpan PartsFor = TimeSpan.FromDays(180);

    public IEnumerable<Happening> Of(Feed feed, DateOnly since)
    {
        var dense = feed.Rhythm == Rhythm.Hourly ? HourlyFor : RealtimeFor;
        var step = feed.Rhythm == Rhythm.Hourly ? TimeSpan.FromHours(1) : Quarter;
        var denseFrom = Floor(stage.Now - dense, TimeSpan.FromHours(1));
        for (var day = since; stage.Time.At(day, Noon) < denseFrom; day = day.AddDays(1)) yield return Reading(feed, stage.Time.At(day, Noon));
        for (var at = denseFrom; at < stage.Now - TimeSpan.FromMinutes(1); at += step) yield return Reading(feed, at);
        // The last one is fresh, so that nothing is late before the simulated sources speak.
        yield return Reading(feed, Floor(stage.Now, TimeSpan.FromMinutes(1)));
    }

    private static TimeOnly Noon => new(12, 0);

    private Happening Reading(Feed feed, DateTimeOffset at)
    {
        var delay = TimeSpan.FromSeconds(2 + (20 * Noise.Uniform(Noise.Seed(feed.Code), at.UtcTicks)));
        var received = Micros.Truncate(at + delay < stage.Now ? at + delay : stage.Now);
        return new(received, FeedKey.Of(feed.Code, received, stage.Time), () => new MeasurementsReceived(feed.Code, Measure(feed, at), feed.Agency, received));
    }

    private ImmutableArray<Measurement> Measure(Feed feed, DateTimeOffset at)
    {
        var withParts = stage.Now - at < PartsFor;
        var measured = ImmutableArray.CreateBuilder<Measurement>();
        foreach (var (code, areas, _) in feed.Indicators)
        {
            var drawn = stage.Figures.At(stage.Catalogue.Indicators[code], areas, at);
            for (var i = 0; i < drawn.Length; i++)
                if (withParts || areas[i] == Area.ProvinceCode || !areas.Contains(Area.ProvinceCode)) measured.Add(new(code, areas[i], at, drawn[i]));
        }

        return measured.ToImmutable();
    }

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - (at.UtcTicks % step.Ticks), TimeSpan.Zero);
}
