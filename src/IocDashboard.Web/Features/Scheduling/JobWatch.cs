using IocDashboard.Web.Platform.Database;
using Quartz;

namespace IocDashboard.Web.Features.Scheduling;

/// <summary>
/// Looks every two seconds at what the scheduler's store and table <c>job_run</c> say, for the page, the metrics and <c>/readyz</c>
/// together: three small reads a node, however many look. What another node does is in the same store.
/// </summary>
public sealed partial class JobWatch(
    IEnumerable<JobPlan> plans, ISchedulerFactory schedulers, JobRecords records, JobMetrics metrics, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<JobWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Patience = TimeSpan.FromSeconds(10), Gap = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<JobPlan> _plans = [.. plans];
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _asked = new(0, 1);
    private (DateTimeOffset Since, DateTimeOffset Last)? _watched;
    private string? _node;

    /// <summary>In the schedule's order; empty until the scheduler runs. As it was last seen while the database is away.</summary>
    public IReadOnlyList<JobState> Current { get; private set; } = [];

    /// <summary>
    /// For <c>/readyz</c>. A node answers for its own runs: ending it helps, and the others can do without it. Of a job that no node
    /// fires each tells.
    /// </summary>
    public string? Problem()
    {
        if (_watched is not { } watched) return null;
        var told = Current.Where(s => s.Problem is { } problem && (problem.Node is null || problem.Node == _node)).Select(s => JobJudge.Say(s.Plan, s.Problem!, watched.Last)).ToList();
        return told.Count == 0 ? null : string.Join("; ", told);
    }

    /// <summary>Looks again without waiting: something was just asked for.</summary>
    public void LookNow()
    {
        lock (_gate)
            if (_asked.CurrentCount == 0) _asked.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Not before the scheduler's own service has made it.
            if (lifetime.ApplicationStarted.IsCancellationRequested) await LookAsync(stoppingToken);
            await _asked.WaitAsync(Pause, stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var scheduler = await schedulers.GetScheduler(limit.Token);
            if (scheduler.Status != SchedulerStatus.Running)
            {
                _watched = null;
                return;
            }

            _node = scheduler.SchedulerInstanceId;
            // The store of a database that is away may try for ever, and heeds no token.
            await ShowAsync(scheduler, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            if (_watched is not null && !cancellation.IsCancellationRequested && !DatabaseAway.Is(failure)) LogBlind(logger, failure);
            _watched = null;
        }
    }

    private async Task ShowAsync(IScheduler scheduler, CancellationToken cancellation)
    {
        var (fired, triggers, held) = (await scheduler.QueryFireInstances(new(), cancellation), await scheduler.QueryTriggers(new(), cancellation), await records.ReadAsync(cancellation));
        cancellation.ThrowIfCancellationRequested();
        var now = clock.GetUtcNow();
        _watched = _watched is { } watched && now - watched.Last <= Gap && now >= watched.Last ? (watched.Since, now) : (now, now);
        Current = [.. _plans.Select(plan => StateOf(plan, fired, triggers, held.GetValueOrDefault(plan.Name), _watched.Value.Since, now))];
        metrics.Show(Current);
    }

    private static JobState StateOf(
        JobPlan plan, PagedResult<FireInstance> fired, PagedResult<TriggerHeader> triggers, JobRecord? last, DateTimeOffset watchedSince, DateTimeOffset now)
    {
        var run = fired.Items.FirstOrDefault(f => f.JobKey?.Name == plan.Name);
        var running = run is null ? null : new RunningJob(run.SchedulerInstanceId, run.FireTimeUtc);
        var own = triggers.Items.Where(t => t.JobKey.Name == plan.Name).ToList();
        var timed = own.Find(t => t.Key.Name == plan.Name);
        var trigger = timed is null ? null : new JobTrigger(timed.PreviousFireTimeUtc, timed.StartTimeUtc, timed.State is TriggerState.Error or TriggerState.Paused);
        var next = own.Where(t => t.NextFireTimeUtc is not null && t.State is not (TriggerState.Error or TriggerState.Paused)).MinBy(t => t.NextFireTimeUtc);
        return new(plan, last, running, next?.NextFireTimeUtc, next?.RetryAttempt ?? 0, JobJudge.Judge(plan, last, running, trigger, watchedSince, now));
    }

    public override void Dispose()
    {
        _asked.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How the jobs stand could not be read")]
    private static partial void LogBlind(ILogger log, Exception failure);
}
