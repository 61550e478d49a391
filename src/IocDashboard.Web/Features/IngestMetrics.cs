using System.Diagnostics;
using System.Diagnostics.Metrics;
using IocDashboard.Web.Features.Reporting;

namespace IocDashboard.Web.Features;

/// <summary>What came in, on the meter <c>IocDashboard</c>.</summary>
public sealed class IngestMetrics
{
    public const string MeterName = "IocDashboard";

    private readonly Counter<long> _messages;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _commit;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _messages = meter.CreateCounter<long>("ioc.ingest.messages", "{message}", "Submissions and measurement calls, by kind and outcome");
        _accepted = meter.CreateCounter<long>("ioc.ingest.values.accepted", "{value}", "Values accepted and committed");
        _refused = meter.CreateCounter<long>("ioc.ingest.values.refused", "{value}", "Values of refused messages");
        _commit = meter.CreateHistogram<double>("ioc.ingest.commit.duration", "s", "From the first statement of a transaction to its end");
    }

    public void Submitted(SubmissionOutcome outcome, int values)
    {
        var name = outcome switch
        {
            SubmissionOutcome.Accepted => "accepted",
            SubmissionOutcome.Repeated => "repeated",
            SubmissionOutcome.WouldBe => "dry-run",
            _ => "refused",
        };
        Count("report", name, outcome is SubmissionOutcome.Accepted ? values : 0, outcome is SubmissionOutcome.Refused ? values : 0);
    }

    public void Measured(int accepted, int refused) => Count("feed", refused > 0 ? "refused" : "accepted", accepted, refused);

    public CommitTiming TimeCommit(string kind) => new(_commit, kind);

    private void Count(string kind, string outcome, int accepted, int refused)
    {
        var tag = new KeyValuePair<string, object?>("kind", kind);
        _messages.Add(1, tag, new("outcome", outcome));
        if (accepted > 0) _accepted.Add(accepted, tag);
        if (refused > 0) _refused.Add(refused, tag);
    }

    public readonly struct CommitTiming(Histogram<double> histogram, string kind) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public void Dispose() => histogram.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, new KeyValuePair<string, object?>("kind", kind));
    }
}
