using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Feeds;

namespace IocDashboard.Web.Demo.History;

/// <summary>
/// What a source has measured until now: as often as its indicators' rules ask for the last two days, hourly for the last eight,
/// before that one reading a day, so that a chart of two years and one of yesterday both have something to show.
/// </summary>
internal sealed class FeedStory(Stage stage)
{
    private static readonly TimeSpan HourlyFor = TimeSpan.FromDays(8), FineFor = TimeSpan.FromDays(2);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Hour = TimeSpan.FromHours(1), Minute = TimeSpan.FromMinutes(1);

    /// <summary>Parts of the province are kept daily for half a year; stations and the province for all of it.</summary>
    private static readonly TimeSpan PartsFor = TimeSpan.FromDays(180);

    /// <summary>Minutes between two readings. Each divides the hour, so that at the full hour every series has one.</summary>
    private static readonly int[] Steps = [60, 30, 20, 15, 12, 6, 4, 2, 1];

    private readonly Outages _outages = new(stage);

    private DateTimeOffset HourlyFrom { get; } = Floor(stage.Now - HourlyFor, Hour);

    private DateTimeOffset FineFrom { get; } = Floor(stage.Now - FineFor, Hour);

    /// <summary>Where this is coarser than the sources' rules. The first reading of the finer part is there a minute later, however slowly it travelled.</summary>
    public ImmutableArray<KeptStep> Kept => [new(HourlyFrom + Minute, Day), new(FineFrom + Minute, Hour)];

    public IEnumerable<Happening> Of(Feed feed, DateOnly since)
    {
        for (var day = since; stage.Time.At(day, Noon) < HourlyFrom; day = day.AddDays(1)) yield return Reading(feed, stage.Time.At(day, Noon));
        for (var at = HourlyFrom; at < FineFrom; at += Hour) yield return Reading(feed, at);
        foreach (var happening in _outages.Marked(feed, FineReadings(feed))) yield return happening;
    }

    private static TimeOnly Noon => new(12, 0);

    private IEnumerable<(DateTimeOffset At, Happening Reading)> FineReadings(Feed feed)
    {
        var steps = feed.Indicators.ToDictionary(i => i.Code, i => StepOf(stage.Catalogue.Indicators[i.Code]), StringComparer.Ordinal);
        for (var at = FineFrom; at < stage.Now - Minute; at += Minute)
        {
            var minute = at.Minute;
            // The first is always there: what follows is measured from it.
            if (steps.Values.All(step => minute % step != 0) || (at > FineFrom && _outages.IsSilent(feed, at))) continue;
            yield return (at, Reading(feed, at, code => minute % steps[code] == 0));
        }

        // The last one is fresh, so that nothing is late before the simulated sources speak.
        var last = Floor(stage.Now, Minute);
        yield return (last, Reading(feed, last));
    }

    /// <summary>The longest that leaves half a minute for the way here.</summary>
    private static int StepOf(Indicator indicator)
    {
        var tolerated = ((StreamRule)DeadlineRule.Parse(indicator.DeadlineRule)).Tolerated - TimeSpan.FromSeconds(30);
        return Array.Find(Steps, step => TimeSpan.FromMinutes(step) < tolerated) is var found and > 0 ? found : 1;
    }

    private Happening Reading(Feed feed, DateTimeOffset at, Func<string, bool>? isRead = null)
    {
        var delay = TimeSpan.FromSeconds(2 + (20 * Noise.Uniform(Noise.Seed(feed.Code), at.UtcTicks)));
        var received = Micros.Truncate(at + delay < stage.Now ? at + delay : stage.Now);
        return new(received, FeedKey.Of(feed.Code, received, stage.Time), () => new MeasurementsReceived(feed.Code, Measure(feed, at, isRead), feed.Agency, received));
    }

    private ImmutableArray<Measurement> Measure(Feed feed, DateTimeOffset at, Func<string, bool>? isRead)
    {
        var withParts = stage.Now - at < PartsFor;
        var measured = ImmutableArray.CreateBuilder<Measurement>();
        foreach (var (code, areas, _) in feed.Indicators)
        {
            if (isRead is not null && !isRead(code)) continue;
            var drawn = stage.Figures.At(stage.Catalogue.Indicators[code], areas, at);
            for (var i = 0; i < drawn.Length; i++)
                if (withParts || areas[i] == Area.ProvinceCode || !areas.Contains(Area.ProvinceCode)) measured.Add(new(code, areas[i], at, drawn[i]));
        }

        return measured.ToImmutable();
    }

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - (at.UtcTicks % step.Ticks), TimeSpan.Zero);
}
