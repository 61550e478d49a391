using System.Diagnostics.Metrics;

namespace IocDashboard.Web.Features.Scheduling;

/// <summary>The jobs on the meter <c>IocDashboard</c>: what this node ran, and how every job of the schedule stands.</summary>
public sealed class JobMetrics
{
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _durations;
    private IReadOnlyList<JobState> _states = [];

    public JobMetrics(IMeterFactory meters, TimeProvider clock)
    {
        var meter = meters.Create(IngestMetrics.MeterName);
        _runs = meter.CreateCounter<long>("ioc.job.runs", "{run}", "Runs of jobs that ended on this node, by job and outcome");
        _durations = meter.CreateHistogram<double>("ioc.job.duration", "s", "From a run's start to its end, by job");
        meter.CreateObservableGauge("ioc.job.failures", () => _states.Select(s => Of(s, s.Last?.Failures ?? 0)), "{run}", "Failures in a row, by job, on whatever node");
        meter.CreateObservableGauge("ioc.job.problem", () => _states.Select(s => Of(s, s.Problem is null ? 0 : 1)), description: "1 while a job is stuck, silent, halted or keeps failing");
        meter.CreateObservableGauge(
            "ioc.job.running", () => _states.Where(s => s.Running is not null).Select(s => new Measurement<double>(Math.Max(0, (clock.GetUtcNow() - s.Running!.Since).TotalSeconds), Tag(s.Plan.Name))),
            "s", "How long the run that is under way has taken so far, by job");
    }

    internal void Ran(JobRun run)
    {
        _runs.Add(1, Tag(run.Job), new("outcome", run.Outcome switch { JobOutcome.Succeeded => "succeeded", JobOutcome.Failed => "failed", _ => "stopped" }));
        _durations.Record(Math.Max(0, (run.EndedAt - run.StartedAt).TotalSeconds), Tag(run.Job));
    }

    internal void Show(IReadOnlyList<JobState> states) => _states = states;

    private static Measurement<int> Of(JobState state, int value) => new(value, Tag(state.Plan.Name));

    private static KeyValuePair<string, object?> Tag(string job) => new("job", job);
}
