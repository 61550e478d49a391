using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Features.Scheduling;

/// <summary>
/// Keeps how jobs ran. A job that has ended leaves its run in memory and goes on: writing is this service's own, at most once a second
/// for all jobs together, so that it can neither slow a job nor make it fail. While the database is away runs of a job are kept as one.
/// </summary>
public sealed partial class JobRunRecorder(JobRecords records, JobMetrics metrics, ILogger<JobRunRecorder> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), LastWrite = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _came = new(0, 1);
    private Dictionary<string, JobTally> _waiting = new(StringComparer.Ordinal);
    private bool _isAway;

    public void Record(JobRun run)
    {
        metrics.Ran(run);
        lock (_gate) _waiting[run.Job] = _waiting.TryGetValue(run.Job, out var before) ? before.Then(run) : JobTally.Of(run);
        Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _came.WaitAsync(stoppingToken);
            await WriteAsync(stoppingToken);
            // Real seconds: it paces the database, whatever the centre's clock shows.
            await Task.Delay(Pause, stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastWrite);
        await WriteAsync(limit.Token);
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        Dictionary<string, JobTally> writing;
        lock (_gate)
        {
            if (_waiting.Count == 0) return;
            (writing, _waiting) = (_waiting, new(StringComparer.Ordinal));
        }

        try
        {
            await records.WriteAsync(writing.Values, cancellation);
            _isAway = false;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            KeepForLater(writing);
            if (_isAway || cancellation.IsCancellationRequested) return;
            _isAway = true;
            if (DatabaseAway.Is(failure)) LogAway(logger, failure.Message);
            else LogFailed(logger, failure);
        }
    }

    /// <summary>Under what came meanwhile: of each job the later run is the last, and failures add up until a success.</summary>
    private void KeepForLater(Dictionary<string, JobTally> unwritten)
    {
        lock (_gate)
            foreach (var (job, before) in unwritten)
                _waiting[job] = _waiting.TryGetValue(job, out var after) ? before.Then(after) : before;
        Wake();
    }

    private void Wake()
    {
        lock (_gate)
            if (_came.CurrentCount == 0) _came.Release();
    }

    public override void Dispose()
    {
        _came.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How jobs ran cannot be written now and is kept until it can: {Reason}")]
    private static partial void LogAway(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "How jobs ran could not be written; it is kept and tried again")]
    private static partial void LogFailed(ILogger log, Exception failure);
}
