using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Live.Board;

/// <summary>The last measures of this node, which the tail puts on the board.</summary>
public sealed class DisciplineReading
{
    private volatile ReportingDiscipline? _current;

    /// <summary>Null before the first.</summary>
    public ReportingDiscipline? Current => _current;

    internal void Replace(ReportingDiscipline measured) => _current = measured;
}

/// <summary>
/// Measures reporting discipline once for all screens of this node: after reports have changed, as a deadline or a day passes, and every
/// few minutes. Screens are composed from the board and read nothing. What fails leaves the last measures, whose age shows on them.
/// </summary>
internal sealed partial class DisciplineTail(
    DisciplineReading reading, MeasureDiscipline measure, LiveBoard board, CommitSignal signal, ProvinceTime time, TimeProvider clock, ILogger<DisciplineTail> log)
    : BackgroundService
{
    /// <summary>However many reports come in, they are counted no more often.</summary>
    public static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1), AtMost = TimeSpan.FromMinutes(2), RetryAfter = TimeSpan.FromSeconds(5);

    private volatile bool _isStale = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = board.Subscribe(change =>
        {
            if (change.Catalogue || change.Reports.Count > 0) _isStale = true;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            var rest = LookEvery;
            try
            {
                if (IsDue(clock.GetUtcNow())) await MeasureAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever fails, the last measures stay, their age goes on, and the next look measures again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _isStale = true;
                rest = RetryAfter;
                if (DatabaseAway.Is(failure)) LogAway(log, failure.Message);
                else LogFailed(log, failure);
            }

            await Task.Delay(rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private bool IsDue(DateTimeOffset now)
    {
        // Before the catalogue is read nothing is known of who owes what.
        if (board.Current.Version == 0) return false;
        if (reading.Current is not { } last) return true;
        // A clock that was set back must not stop the measuring either.
        var age = (now - last.At).Duration();
        return age >= AtMost || time.DayOf(now) != last.Today || (age >= AtLeast && (_isStale || last.Due.Any(d => d.DueAt <= now)));
    }

    private async Task MeasureAsync(CancellationToken cancellation)
    {
        // What changes while it is read is counted by the next.
        _isStale = false;
        reading.Replace(await measure.Handle(clock.GetUtcNow(), cancellation));
        signal.Pulse();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reporting discipline could not be measured; screens keep the last measures: {Reason}")]
    private static partial void LogAway(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Reporting discipline could not be measured; screens keep the last measures")]
    private static partial void LogFailed(ILogger log, Exception failure);
}
