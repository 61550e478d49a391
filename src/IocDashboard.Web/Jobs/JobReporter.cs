using System.Collections.Concurrent;
using System.Numerics;
using IocDashboard.Web.Features.Scheduling;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Hears of every run's end on this node and hands it on. Touches nothing but memory and the log: a job waits for its listeners.</summary>
internal sealed partial class JobReporter(JobRunRecorder recorder, TimeProvider clock, ILogger<JobReporter> logger) : IJobListener
{
    private const int LongestError = 300, ToldAgainAfter = 600;

    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);

    public string Name => nameof(JobReporter);

    public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken)
    {
        var (now, job) = (clock.GetUtcNow(), context.JobDetail.Key.Name);
        var (outcome, thrown) = (OutcomeOf(context), Thrown(jobException));
        if (outcome == JobOutcome.Failed) Tell(context, job, thrown);
        else if (outcome == JobOutcome.Succeeded) _failures.TryRemove(job, out _);
        recorder.Record(new(job, context.Scheduler.SchedulerInstanceId, now - context.JobRunTime, now, outcome, outcome == JobOutcome.Failed ? Short(thrown) : null));
        return default;
    }

    /// <summary>Ever more rarely, with the trace: a job of every second that keeps failing would fill the disk.</summary>
    private void Tell(IJobExecutionContext context, string job, Exception? thrown)
    {
        var failures = _failures.AddOrUpdate(job, 1, (_, before) => before + 1);
        if (BitOperations.IsPow2(failures) || failures % ToldAgainAfter == 0) LogFailed(logger, thrown, job, failures, context.FireInstanceId, context.RetryScheduled);
    }

    private static JobOutcome OutcomeOf(IJobExecutionContext context) => context.Outcome switch
    {
        ExecutionOutcome.Succeeded => JobOutcome.Succeeded,
        ExecutionOutcome.Failed => JobOutcome.Failed,
        _ => JobOutcome.Stopped,
    };

    /// <summary>Out of the scheduler's own wrappers.</summary>
    private static Exception? Thrown(Exception? reported) => reported is SchedulerException { InnerException: { } inner } ? Thrown(inner) : reported;

    private static string? Short(Exception? thrown)
    {
        if (thrown is null) return null;
        var text = $"{thrown.GetType().Name}: {thrown.Message.ReplaceLineEndings(" ")}";
        return text.Length <= LongestError ? text : text[..LongestError];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed {Times} times in a row on this node, run {Run}; another attempt before its next time: {Again}")]
    private static partial void LogFailed(ILogger log, Exception? thrown, string job, int times, string run, bool again);
}
