using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>One call of a source.</summary>
/// <param name="CallerAgency">The agency that the caller speaks for.</param>
/// <param name="By">Who sent it, as the history will name them.</param>
/// <param name="Faults">What the entrance found wrong with the form of the call: it is judged all the same, and refused.</param>
public sealed record ReceiveMeasurements(
    string Feed, string CallerAgency, string By, IReadOnlyList<SubmittedMeasurement> Measurements,
    IReadOnlyList<JudgementError> Faults, DateTimeOffset ReceivedAt);

/// <summary>What became of a call.</summary>
public abstract record MeasurementsOutcome
{
    private MeasurementsOutcome()
    {
    }

    /// <summary>Committed. Corrections count as accepted, the same value said again as a duplicate.</summary>
    public sealed record Received(int Accepted, int Duplicates) : MeasurementsOutcome;

    public sealed record UnknownFeed : MeasurementsOutcome;

    public sealed record NotYours : MeasurementsOutcome;

    /// <summary>Nothing was kept.</summary>
    public sealed record Refused(ImmutableArray<JudgementError> Errors) : MeasurementsOutcome;

    /// <summary>More comes in than is written; nothing was kept.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : MeasurementsOutcome;
}

/// <summary>Judges a call and hands it to this node's writer; answers when it is on disk. All or nothing.</summary>
public sealed class ReceiveMeasurementsHandler(CatalogueCache catalogues, CellGrids grids, MeasurementQueue queue, IngestMetrics metrics)
{
    public async Task<MeasurementsOutcome> Handle(ReceiveMeasurements call, CancellationToken cancellation)
    {
        var catalogue = catalogues.Current;
        if (!catalogue.Feeds.TryGetValue(call.Feed, out var feed)) return new MeasurementsOutcome.UnknownFeed();
        if (feed.Agency != call.CallerAgency) return new MeasurementsOutcome.NotYours();

        var outcome = await Receive(call, feed, catalogue, cancellation);
        if (outcome is MeasurementsOutcome.Received received) metrics.Measured(received.Accepted, 0);
        else metrics.Measured(0, call.Measurements.Count);
        return outcome;
    }

    private async Task<MeasurementsOutcome> Receive(ReceiveMeasurements call, Feed feed, CatalogueSnapshot catalogue, CancellationToken cancellation)
    {
        var judgement = MeasurementJudge.Judge(grids.Of(catalogue, feed), call.Measurements, call.ReceivedAt);
        var errors = JudgementError.Join(call.Faults, judgement.Errors);
        if (!errors.IsEmpty) return new MeasurementsOutcome.Refused(errors);
        if (judgement.Measurements.IsEmpty) return new MeasurementsOutcome.Received(0, judgement.Repeats);

        var queued = new QueuedCall(feed, SeriesOf(judgement.Measurements, catalogue), judgement.Measurements, call.By, Micros.Truncate(call.ReceivedAt));
        if (!queue.TryAdd(queued)) return new MeasurementsOutcome.Busy(MeasurementQueue.RetryAfter);
        var (accepted, duplicates) = await queued.Written.WaitAsync(cancellation);
        return new MeasurementsOutcome.Received(accepted, duplicates + judgement.Repeats);
    }

    private static int[] SeriesOf(ImmutableArray<Measurement> measurements, CatalogueSnapshot catalogue)
    {
        var series = new int[measurements.Length];
        for (var i = 0; i < series.Length; i++) series[i] = catalogue.SeriesByKey[(measurements[i].Indicator, measurements[i].Area)].Id;
        return series;
    }
}
