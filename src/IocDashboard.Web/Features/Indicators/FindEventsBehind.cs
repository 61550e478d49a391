using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.ReportHistory;
using Marten;

namespace IocDashboard.Web.Features.Indicators;

/// <summary>One thing that happened to a figure: which report or feed, who, when, and what it did to the value.</summary>
/// <param name="At">When it happened (a missed deadline: the deadline).</param>
/// <param name="Event">The domain's own event; its words are chosen where it is shown.</param>
/// <param name="Report">Key of the report; null for a feed.</param>
/// <param name="Value">What the event says of this series; null when it says nothing of it.</param>
/// <param name="Before">The value that this one replaced, in the same report.</param>
public sealed record EventBehind(DateTimeOffset At, object Event, string? Report, CellValue? Value, CellValue? Before);

/// <summary>The events behind the figures of one series: the streams of its last few reports, or the last calls of its feed, with every measurement of it that they brought.</summary>
public sealed class FindEventsBehind(IDocumentStore history, FindReportHistory reports, CatalogueCache catalogue)
{
    private const int MostReports = 4, MostEvents = 40;

    /// <param name="points">The series' history, newest first: it says which reports and which calls.</param>
    public async Task<ImmutableArray<EventBehind>> Handle(
        Series series, Indicator indicator, Form? form, IndicatorHistory points, DateTimeOffset? asOf, Sight sight, CancellationToken cancellation)
    {
        if (!sight.Sees(indicator)) return [];
        var found = indicator.Rhythm.IsStreamed()
            ? await OfCalls(series, points, sight, cancellation)
            : form is null ? [] : await OfReports(series, form, points, sight, cancellation);
        return [.. found.Where(e => asOf is null || e.At <= asOf).OrderByDescending(e => e.At).Take(MostEvents)];
    }

    private async Task<List<EventBehind>> OfReports(Series series, Form form, IndicatorHistory points, Sight sight, CancellationToken cancellation)
    {
        var found = new List<EventBehind>();
        foreach (var period in points.Points.Select(p => p.Current.Period).OfType<ReportingPeriod>().Take(MostReports))
        {
            var key = ReportKey.Of(form.Code, form.Agency, period);
            if (await reports.Handle(key, sight, cancellation) is not { } report) continue;
            CellValue? held = null;
            foreach (var @event in report.Events)
            {
                var value = @event is ReportSubmitted submitted
                    ? submitted.Values.FirstOrDefault(v => v.Indicator == series.Indicator && v.Area == series.Area)
                    : null;
                found.Add(new(FindReportHistory.InstantOf(@event), @event, key, value, value is null ? null : held));
                held = value ?? held;
            }
        }

        return found;
    }

    private async Task<List<EventBehind>> OfCalls(Series series, IndicatorHistory points, Sight sight, CancellationToken cancellation)
    {
        long[] calls = [.. points.Points.Select(p => p.Current.Seq).Distinct().Take(MostEvents)];
        if (calls.Length == 0) return [];
        await using var session = history.QuerySession();
        var events = await session.Events.QueryAllRawEvents().Where(e => e.Sequence.IsOneOf(calls)).ToListAsync(cancellation);
        return
        [
            .. events.Select(e => e.Data).OfType<MeasurementsReceived>().Select(e => SeenBy(sight, e)).SelectMany(e => e.Measurements
                .Where(m => m.Indicator == series.Indicator && m.Area == series.Area).OrderByDescending(m => m.At).Take(MostEvents)
                .Select(m => new EventBehind(e.ReceivedAt, e, null, new CellValue(m.Indicator, m.Area, m.Value, ObservationStatus.Final, null), null))),
        ];
    }

    private MeasurementsReceived SeenBy(Sight sight, MeasurementsReceived call)
    {
        var indicators = catalogue.Current.Indicators;
        return call with { Measurements = [.. call.Measurements.Where(m => indicators.TryGetValue(m.Indicator, out var i) && sight.Sees(i))] };
    }
}
