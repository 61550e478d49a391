using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Observations;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>The calls of one feed in one transaction, in the order in which they came.</summary>
/// <param name="trusted">Its measurements are verified by rule.</param>
internal sealed class FeedIntake(IReadOnlyList<QueuedCall> calls, bool trusted)
{
    private readonly List<(int Series, Measurement Measurement, int Revision)> _news = [];

    public string Code => calls[0].Feed.Code;
    public StreamRule Rule { get; } = (StreamRule)DeadlineRule.Parse(calls[0].Feed.Rule);
    public DateTimeOffset ReceivedAt { get; } = calls.Max(c => c.ReceivedAt);

    /// <summary>New measurements and corrections; empty until <see cref="Sort"/>.</summary>
    public IReadOnlyList<(int Series, Measurement Measurement, int Revision)> News => _news;

    /// <summary>Tells new values and corrections from what is known, the calls of this very transaction included.</summary>
    public void Sort(
        Dictionary<(int Series, DateTimeOffset At), KnownCell> known, Dictionary<QueuedCall, (int Accepted, int Duplicates)> counts)
    {
        foreach (var call in calls)
        {
            var before = _news.Count;
            for (var i = 0; i < call.Series.Length; i++)
            {
                var measurement = call.Measurements[i];
                var identity = (call.Series[i], measurement.At);
                var earlier = known.GetValueOrDefault(identity);
                if (earlier is not null && earlier.Value == measurement.Value) continue;
                var revision = (earlier?.Revision ?? 0) + 1;
                _news.Add((call.Series[i], measurement, revision));
                known[identity] = new(call.Series[i], measurement.At, revision, measurement.Value, ObservationStatus.Final, VerificationState.Unverified, null, ReceivedAt);
            }

            var accepted = _news.Count - before;
            counts[call] = (accepted, call.Series.Length - accepted);
        }
    }

    public MeasurementsReceived Event() => new(
        Code, [.. _news.Select(n => n.Measurement)], string.Join(", ", calls.Select(c => c.By).Distinct(StringComparer.Ordinal)), ReceivedAt) { VerifiedByRule = trusted };

    /// <summary>A reading is final until its source corrects it.</summary>
    public void Observe(ObservationBatch observations, Dictionary<int, SeriesHead> heads, long seq)
    {
        // As for reports: a series never seems to have learnt a later row earlier.
        var recordedAt = ReceivedAt;
        foreach (var (series, _, _) in _news)
            if (heads.TryGetValue(series, out var head) && head.RecordedAt > recordedAt) recordedAt = head.RecordedAt;

        foreach (var (series, measurement, revision) in _news)
            observations.Add(series, new Observed(
                measurement.At, Observed.Measured, revision, measurement.Value, ObservationStatus.Final,
                trusted ? VerificationState.Verified : VerificationState.Unverified, seq, recordedAt, null));
    }
}
