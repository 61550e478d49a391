using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Database;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Live.Board;

/// <summary>
/// Follows committed changes and keeps <see cref="LiveBoard"/> true. It wakes at once after a commit on this node and looks
/// every quarter second for those of others; no notification is sent inside an append, which would serialise commits.
/// </summary>
/// <remarks>
/// Nothing is skipped although transactions commit in another order than they began: each look reads every change whose
/// transaction is not older than the oldest that was still running at the look before. A change seen twice is applied once;
/// applied again after a lost connection it would be harmless, because the tail reads current rows and not differences.
/// </remarks>
public sealed partial class BoardTail(
    LiveBoard board, BoardLoader loader, CommitSignal signal, CatalogueCache catalogue, CatalogueLoader catalogueLoader,
    DisciplineReading discipline, NpgsqlDataSource database, TailStatus status, TimeProvider clock, ILogger<BoardTail> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportsEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongAbsence = TimeSpan.FromHours(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly HashSet<long> _applied = [];
    private string? _horizon;
    private DateTimeOffset _reportsReadAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Changes are pruned in time: after a long absence the board is read anew.
                if (status.LookedAt is { } looked && clock.GetUtcNow() - looked > LongAbsence) _horizon = null;
                if (_horizon is null) await StartAsync();
                await LookAsync();
                status.Looked(clock.GetUtcNow());
                await signal.WaitAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever fails, what was shown stays, its age goes on, and the next look catches up.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (DatabaseAway.Is(failure)) LogLost(log, failure.Message);
                else LogFailed(log, failure);
                await Task.Delay(RetryAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        async Task StartAsync()
        {
            var horizon = await ReadHorizonAsync(stoppingToken);
            if (catalogue.Current.IndicatorList.IsEmpty) await catalogueLoader.LoadAsync(stoppingToken);
            await ReplaceAllAsync(stoppingToken);
            _horizon = horizon;
        }

        async Task LookAsync()
        {
            var changes = await ReadChangesAsync(stoppingToken);
            await ApplyAsync(changes);

            // Only what was applied is left behind: a failure in between reads the same changes again.
            _horizon = changes.Horizon;
            _applied.Clear();
            _applied.UnionWith(changes.Seen);
        }

        async Task ApplyAsync(Changes changes)
        {
            var now = clock.GetUtcNow();
            if (changes.Catalogue)
            {
                await catalogueLoader.LoadAsync(stoppingToken);
                await ReplaceAllAsync(stoppingToken);
            }
            else
            {
                // Obligations come within sight by the mere passing of time.
                var allReports = now - _reportsReadAt > ReportsEvery;
                var measured = discipline.Current;
                var isMeasuredAnew = measured != board.Current.Discipline;
                if (changes.IsEmpty && !allReports && !isMeasuredAnew) return;
                var state = await loader.ReloadAsync(board.Current, changes.Series, allReports ? null : changes.Reports, changes.Feeds.Count > 0, stoppingToken);
                if (allReports) _reportsReadAt = now;
                // What was written is news of its own, also where the board shows nothing of it: a sheet, a data request.
                var reports = allReports ? [.. Differing(board.Current.Reports, state.Reports), .. changes.Reports] : changes.Reports;
                if (changes.IsEmpty && reports.Count == 0 && !isMeasuredAnew) return;
                board.Replace(new(state with { Discipline = measured, Version = board.Current.Version + 1 }, changes.Series, reports, changes.Feeds, Catalogue: false));
            }

            status.Applied(changes.Count, changes.OldestAt is { } at ? now - at : TimeSpan.Zero);
        }
    }

    private async Task ReplaceAllAsync(CancellationToken cancellation)
    {
        var state = await loader.LoadAsync(catalogue.Current, cancellation);
        _reportsReadAt = clock.GetUtcNow();
        board.Replace(new(
            state with { Discipline = discipline.Current, Version = board.Current.Version + 1 },
            state.Figures.Keys.ToImmutableHashSet(), state.Reports.Keys.ToImmutableHashSet(), state.Feeds.Keys.ToImmutableHashSet(), Catalogue: true));
    }

    private static HashSet<string> Differing(ImmutableDictionary<string, OpenReport> before, ImmutableDictionary<string, OpenReport> after)
    {
        var ids = before.Keys.Where(id => !after.ContainsKey(id)).ToHashSet();
        ids.UnionWith(after.Where(r => before.GetValueOrDefault(r.Key) != r.Value).Select(r => r.Key));
        return ids;
    }

    private async Task<string> ReadHorizonAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select pg_snapshot_xmin(pg_current_snapshot())::text");
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task<Changes> ReadChangesAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            select pg_snapshot_xmin(pg_current_snapshot())::text, c.id, c.series, c.reports, c.feeds, c.catalogue, c.at
            from (values (1)) one left join change c on c.xid >= $1::text::xid8
            """);
        command.Parameters.Add(new() { Value = _horizon!, NpgsqlDbType = NpgsqlDbType.Text });
        var changes = new Changes { Horizon = _horizon! };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            changes.Horizon = reader.GetString(0);
            if (reader.IsDBNull(1)) continue;
            var id = reader.GetInt64(1);
            changes.Seen.Add(id);
            if (!_applied.Contains(id)) changes.Add(reader);
        }

        return changes;
    }

    private sealed class Changes
    {
        /// <summary>The oldest transaction that was still running at this look: the next look begins there.</summary>
        public required string Horizon { get; set; }
        public List<long> Seen { get; } = [];
        public HashSet<int> Series { get; } = [];
        public HashSet<string> Reports { get; } = [];
        public HashSet<string> Feeds { get; } = [];
        public bool Catalogue { get; private set; }
        public int Count { get; private set; }
        public DateTimeOffset? OldestAt { get; private set; }
        public bool IsEmpty => Count == 0;

        public void Add(NpgsqlDataReader reader)
        {
            Count++;
            Series.UnionWith(reader.GetFieldValue<int[]>(2));
            Reports.UnionWith(reader.GetFieldValue<string[]>(3));
            Feeds.UnionWith(reader.GetFieldValue<string[]>(4));
            Catalogue |= reader.GetBoolean(5);
            var at = reader.GetFieldValue<DateTimeOffset>(6);
            if (OldestAt is not { } oldest || at < oldest) OldestAt = at;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live board lost the database and keeps what it shows: {Reason}")]
    private static partial void LogLost(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The live board could not take a change in; it keeps what it shows and tries again")]
    private static partial void LogFailed(ILogger log, Exception failure);
}

/// <summary>How far the tail is behind; read by <c>/readyz</c>, the console's status line and <c>/metrics</c>.</summary>
public sealed class TailStatus
{
    private static readonly TimeSpan TooOld = TimeSpan.FromSeconds(10);

    private long _lookedAt;
    private long _lagTicks;
    private readonly Counter<long> _changes;

    public TailStatus(IMeterFactory meters)
    {
        var meter = meters.Create("IocDashboard");
        _changes = meter.CreateCounter<long>("ioc.board.changes", description: "Committed changes applied to the live board");
        meter.CreateObservableGauge("ioc.board.lag", () => Lag.TotalSeconds, "s", "From the writing of the last applied change to its reading");
    }

    /// <summary>The last successful look at the database; null before the first.</summary>
    public DateTimeOffset? LookedAt => Interlocked.Read(ref _lookedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>From the writing of the last applied change to its reading.</summary>
    public TimeSpan Lag => TimeSpan.FromTicks(Interlocked.Read(ref _lagTicks));

    /// <summary>For <c>/readyz</c>: null when the board follows the database.</summary>
    internal string? Problem(DateTimeOffset now) => LookedAt switch
    {
        null => "the board has not read the database yet",
        { } at when now - at > TooOld => $"the board last read the database {(now - at).TotalSeconds:0} s ago",
        _ => null,
    };

    internal void Looked(DateTimeOffset at) => Interlocked.Exchange(ref _lookedAt, at.UtcTicks);

    internal void Applied(int changes, TimeSpan lag)
    {
        _changes.Add(changes);
        Interlocked.Exchange(ref _lagTicks, Math.Max(0, lag.Ticks));
    }
}
