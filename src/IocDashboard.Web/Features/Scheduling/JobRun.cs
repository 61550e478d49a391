namespace IocDashboard.Web.Features.Scheduling;

/// <summary>How a run ended; the numbers are stored. A run is stopped when its node stops.</summary>
public enum JobOutcome : short { Succeeded = 0, Failed = 1, Stopped = 2 }

/// <summary>One run that has ended.</summary>
/// <param name="Node">The scheduler's own name of the node.</param>
/// <param name="Error">What was thrown, in short; null unless it failed.</param>
public sealed record JobRun(string Job, string Node, DateTimeOffset StartedAt, DateTimeOffset EndedAt, JobOutcome Outcome, string? Error);

/// <summary>How a job last ran, on whatever node: its row of table <c>job_run</c>.</summary>
/// <param name="Failures">In a row, up to the last run.</param>
/// <param name="FailingSince">The end of the first of them.</param>
/// <param name="FailedAt">The end of the last failure, however long ago; <paramref name="Error"/> is what it threw.</param>
public sealed record JobRecord(
    string Job, string Node, DateTimeOffset StartedAt, DateTimeOffset EndedAt, JobOutcome Outcome, int Failures, DateTimeOffset? FailingSince,
    DateTimeOffset? FailedAt, string? Error, DateTimeOffset? SucceededAt)
{
    public TimeSpan Took => EndedAt - StartedAt;
}
