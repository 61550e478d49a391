using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Obligations;

/// <summary>
/// What the clock does to reports: overdue at the deadline, locked at the lock instant. Touches only rows whose instant has
/// come, through the due index. Each transition happens exactly once, on however many nodes: the transaction holds the row and
/// the form's lock, looks again, and appends the event beside the row that says it has happened. Events carry the deadline,
/// not the moment of the sweep.
/// </summary>
public sealed class SweepReports(NpgsqlDataSource database, IDocumentStore history, CommitSignal signal, TimeProvider clock)
{
    private const int ReportsInTransaction = 200;

    /// <summary>
    /// Transitions all that is due. When the next instant lies within <paramref name="lookAhead"/>, waits for it, so that a
    /// deadline is noticed when it strikes and not at the next tick.
    /// </summary>
    /// <returns>How many reports changed.</returns>
    public async Task<int> Handle(TimeSpan lookAhead, CancellationToken cancellation)
    {
        if (await NextInstant(cancellation) is not { } next) return 0;
        var wait = next - clock.GetUtcNow();
        if (wait > lookAhead) return 0;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellation);

        var changed = 0;
        while (await SweepOnce(cancellation) is > 0 and var some) changed += some;
        return changed;
    }

    /// <summary>The only statement of a sweep with nothing to do: the first entry of each of the two indexes.</summary>
    private async Task<DateTimeOffset?> NextInstant(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select least(
                (select due_at from report where overdue_since is null and submitted_at is null and excused_at is null order by due_at limit 1),
                (select greatest(lock_at, extended_to) from report where state <> 5 order by greatest(lock_at, extended_to) limit 1))
            """);
        return await command.ExecuteScalarAsync(cancellation) is DateTime instant ? new DateTimeOffset(instant) : null;
    }

    private async Task<int> SweepOnce(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        var due = await TakeDue(transaction, now, cancellation);
        if (due.Count == 0) return 0;
        var mine = await TakeLocks(transaction, due, cancellation);

        var decisions = mine.Select(r => Decide(r, now)).Where(d => d.Events.Length > 0).ToList();
        if (decisions.Count == 0) return 0;
        await history.AppendAsync(transaction, decisions.SelectMany(d => d.Events.Select(e => (d.Report.Id, e))), cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { Update(decisions, now), ChangeRow.Put(now, reports: [.. decisions.Select(d => d.Report.Id)]) },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Pulse();
        return decisions.Count;
    }

    // A lock also records a deadline that no sweep has recorded before.
    private static ReportDecision Decide(Report report, DateTimeOffset now) =>
        now >= report.LocksAt ? ReportDecider.Lock(report, now) : ReportDecider.FallOverdue(report, now);

    /// <summary>Rows that another node's sweep holds are its own to settle.</summary>
    private static async Task<List<Report>> TakeDue(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new($"""
                    select {ReportRows.Columns} from report where overdue_since is null and submitted_at is null and excused_at is null and due_at <= $1
                    order by due_at limit {Invariant(ReportsInTransaction)} for update skip locked
                    """) { Parameters = { Sql.Of(now) } },
                new($"""
                    select {ReportRows.Columns} from report where state <> 5 and greatest(lock_at, extended_to) <= $1
                    order by greatest(lock_at, extended_to) limit {Invariant(ReportsInTransaction)} for update skip locked
                    """) { Parameters = { Sql.Of(now) } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var due = new Dictionary<string, Report>(StringComparer.Ordinal);
        do
        {
            while (await ReportRows.ReadAsync(reader, cancellation) is { } report) due[report.Id] = report;
        }
        while (await reader.NextResultAsync(cancellation));
        return [.. due.Values];
    }

    /// <summary>
    /// Tries each form's lock and never waits: a submission that holds one may be waiting for a row of ours. What it leaves
    /// unsettled is found by the next sweep.
    /// </summary>
    private static async Task<List<Report>> TakeLocks(NpgsqlTransaction transaction, List<Report> due, CancellationToken cancellation)
    {
        var byLock = due.ToLookup(r => WriteLock.OfReports(r.Form, r.Agency), StringComparer.Ordinal);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteLock.Try([.. byLock.Select(g => g.Key)]) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var taken = new List<Report>(due.Count);
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetBoolean(1)) taken.AddRange(byLock[reader.GetString(0)]);
        }

        return taken;
    }

    private static NpgsqlBatchCommand Update(List<ReportDecision> decisions, DateTimeOffset now) => new("""
        update report set overdue_since = d.overdue_since, punctuality = d.punctuality, state = d.state, locked_from = d.locked_from, updated_at = $6
        from unnest($1, $2, $3, $4, $5) as d (id, overdue_since, punctuality, state, locked_from) where report.id = d.id
        """)
    {
        Parameters =
        {
            Sql.Of([.. decisions.Select(d => (string?)d.Report.Id)]),
            Sql.Of([.. decisions.Select(d => d.Report.OverdueSince)]),
            Sql.Of([.. decisions.Select(d => (short)d.Report.Punctuality)]),
            Sql.Of([.. decisions.Select(d => (short)d.Report.State)]),
            Sql.Of([.. decisions.Select(d => (short?)d.Report.LockedFrom)]),
            Sql.Of(now),
        },
    };

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
