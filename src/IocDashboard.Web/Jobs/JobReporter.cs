using IocDashboard.Web.Features.Scheduling;
using Quartz;

namespace IocDashboard.Web.Jobs;

/// <summary>Hears of every run's end on this node and hands it on. Touches nothing but memory and the log: a job waits for its listeners.</summary>
internal sealed partial class JobReporter(JobRunRecorder recorder, TimeProvider clock, ILogger<JobReporter> logger) : IJobListener
{
    private const int LongestError = 300;

    public string Name => nameof(JobReporter);

    public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken)
    {
        var (now, job) = (clock.GetUtcNow(), context.JobDetail.Key.Name);
        var (outcome, thrown) = (OutcomeOf(context), Thrown(jobException));
        if (outcome == JobOutcome.Failed) LogFailed(logger, thrown, job, context.FireInstanceId, context.RetryScheduled, context.NextFireTimeUtc);
        recorder.Record(new(job, context.Scheduler.SchedulerInstanceId, now - context.JobRunTime, now, outcome, outcome == JobOutcome.Failed ? Short(thrown) : null));
        return default;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed, run {Run}; tried again before its next time: {Again}, next {NextAt}")]
    private static partial void LogFailed(ILogger log, Exception? thrown, string job, string run, bool again, DateTimeOffset? nextAt);
}
