using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>
/// This node's only writer of measurements. While one transaction commits, calls gather; the next takes them all (group
/// commit), so many small calls cost one commit together and a lone call waits for nobody.
/// </summary>
public sealed class MeasurementWriter(
    MeasurementQueue queue, MeasurementTransaction transaction, CommitSignal committed, IngestMetrics metrics,
    ILogger<MeasurementWriter> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true) await WriteAsync(await queue.TakeAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            foreach (var call in queue.Close()) call.Fail(new OperationCanceledException("The centre is stopping."));
        }
    }

    private async Task WriteAsync(List<QueuedCall> calls)
    {
        try
        {
            await CommitAsync(calls);
        }
        catch (Exception exception) when (calls.Count > 1 && !DatabaseAway.Is(exception))
        {
            // Something is wrong with one of them: alone, only that one fails.
            logger.LogWarning(exception, "{Calls} calls of measurements could not be written together; trying them one by one", calls.Count);
            foreach (var call in calls) await WriteAsync([call]);
        }
        catch (Exception exception)
        {
            foreach (var call in calls) call.Fail(exception);
        }
    }

    private async Task CommitAsync(List<QueuedCall> calls)
    {
        IReadOnlyList<(int Accepted, int Duplicates)> counts;
        using (metrics.TimeCommit("feed")) counts = await transaction.RunAsync(calls);
        committed.Pulse();
        for (var i = 0; i < calls.Count; i++) calls[i].Commit(counts[i].Accepted, counts[i].Duplicates);
    }
}
