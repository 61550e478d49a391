using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>
/// Takes the steps of the ladder whose instant has come, each exactly once on however many nodes: the transaction holds the step, looks
/// whether the report is still owed, and writes notices and events beside the mark that it is done. After a pause nobody is told twice
/// about one report, and each reader once about all of an agency's, however much there is.
/// </summary>
public sealed class TakeSteps(NpgsqlDataSource database, IDocumentStore history, PutNotices notices, CommitSignal signal, TimeProvider clock)
{
    // The most that a morning brings. Of more, as after a long pause, an agency's are taken at a time.
    private const int StepsInTransaction = 2_000;

    // A sweep or a submission holds a form for some milliseconds; one that is submitted without a pause holds up nobody else's notices for long.
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>One node at a time: two that shared an agency's steps would write two notices about it.</summary>
    private const string Lock = "steps";

    /// <summary>When the next instant lies within <paramref name="lookAhead"/>, waits for it.</summary>
    /// <returns>How many steps were taken.</returns>
    public async Task<int> Handle(TimeSpan lookAhead, CancellationToken cancellation)
    {
        if (await NextInstant(cancellation) is not { } next) return 0;
        var wait = next - clock.GetUtcNow();
        if (wait > lookAhead) return 0;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellation);
        var (taken, patience) = (0, Attempts);
        while (true)
        {
            switch (await TakeSome(patience > 0, cancellation))
            {
                case null:
                    patience--;
                    // By the machine's clock: another transaction is waited for, no instant.
                    await Task.Delay(Pause, TimeProvider.System, cancellation);
                    break;
                case 0: return taken;
                case { } some:
                    taken += some;
                    break;
            }
        }
    }

    private async Task<DateTimeOffset?> NextInstant(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select at from report_step where done_at is null order by at limit 1");
        return await command.ExecuteScalarAsync(cancellation) is DateTime instant ? new DateTimeOffset(instant) : null;
    }

    /// <returns>How many steps were taken; null where <paramref name="isPatient"/> and a form is held by others: its agency would be told twice.</returns>
    private async Task<int?> TakeSome(bool isPatient, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await TryLockAsync(transaction, cancellation)) return 0;
        var due = await TakeDueAsync(connection, agency: null, now, cancellation);
        if (due.Count == 0) return 0;
        if (due.Count > StepsInTransaction) due = await TakeDueAsync(connection, due[0].Agency, now, cancellation);
        var held = await TakeLocksAsync(transaction, due, cancellation);
        if (isPatient && held.Count < due.Count) return null;
        if (held.Count == 0) return 0;
        var owed = await ReadOwedAsync(connection, held, now, cancellation);
        var ladders = await Ladders.ReadAsync(connection, cancellation);
        var (outcomes, tellings) = EscalationDecider.Decide([.. held.Select(s => s with { IsOwed = owed.Contains((s.Report, LadderRules.ClockOf(s.Step))), Means = MeansOf(s, ladders) })], EscalationBodies.ReaderOf, now);

        var told = outcomes.Where(o => o.Outcome == StepOutcome.Told).Select(o => (o.Step.Report, EventOf(o.Step, now))).ToList();
        if (told.Count > 0) await history.AppendAsync(transaction, told, cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { Mark(outcomes, now) } };
        await notices.AddTo(batch, tellings, t => ladders.OfRhythm[ReportKey.Parse(t.Items[0].Report).Period.Rhythm].Quiet, now, cancellation);

        // No sweep marks what is overdue after a change at its source: boards learn of it here, told to anybody or not.
        string[] changed = [.. outcomes.Where(o => o.Outcome == StepOutcome.Told || LadderRules.ClockOf(o.Step.Step) == StepClock.Update).Select(o => o.Step.Report)];
        if (changed.Length > 0) batch.BatchCommands.Add(ChangeRow.Put(now, reports: changed));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Pulse();
        return outcomes.Length;
    }

    /// <summary>As the ladder says now; a step that it has no more, and whose plan is not yet made anew, tells in the usual way.</summary>
    private static StepMeans MeansOf(DueStep step, Ladders ladders) =>
        ladders.OfRhythm[ReportKey.Parse(step.Report).Period.Rhythm].Steps.FirstOrDefault(s => s.Code == step.Step)?.Means ?? StepMeans.Usual;

    private static object EventOf(DueStep step, DateTimeOffset now)
    {
        ImmutableArray<string> to = [.. step.To.Select(a => a.ToString())];
        return step.At < step.DueAt ? new ReportReminded(step.Step, to, step.At, now) : new ReportEscalated(step.Step, to, step.At, now);
    }

    private static async Task<bool> TryLockAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteLock.Try([Lock]) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) && reader.GetBoolean(1);
    }

    /// <param name="agency">All of this one; null: of whichever are due first, one more than a transaction takes.</param>
    private static async Task<List<DueStep>> TakeDueAsync(NpgsqlConnection connection, string? agency, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
            select s.report, r.agency, case when s.step = '{MendStep.Code}' then s.at when s.step like '{LadderRules.UpdatePrefix}%' then coalesce(r.update_due_at, s.at) else r.due_at end, s.step, s.at, s.audiences from report_step s join report r on r.id = s.report
            where s.done_at is null and s.at <= $1 {(agency is null ? "" : "and r.agency = $2")}
            order by s.at {(agency is null ? $"limit {StepsInTransaction + 1}" : "")} for update of s skip locked
            """), connection) { Parameters = { Sql.Of(now) } };
        if (agency is not null) command.Parameters.Add(Sql.Of(agency));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<DueStep>();
        while (await reader.ReadAsync(cancellation))
            due.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), IsOwed: false, reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4),
                [.. reader.GetFieldValue<short[]>(5).Select(a => (Audience)a)]));
        return due;
    }

    /// <summary>Tries each form's lock and never waits in the database, as the sweep of deadlines does: what is left is found again.</summary>
    private static async Task<List<DueStep>> TakeLocksAsync(NpgsqlTransaction transaction, List<DueStep> due, CancellationToken cancellation)
    {
        var byLock = due.ToLookup(s => WriteLock.OfReports(ReportKey.Parse(s.Report).Form, s.Agency), StringComparer.Ordinal);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteLock.Try([.. byLock.Select(g => g.Key)]) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var taken = new List<DueStep>(due.Count);
        while (await reader.ReadAsync(cancellation))
            if (reader.GetBoolean(1)) taken.AddRange(byLock[reader.GetString(0)]);
        return taken;
    }

    /// <summary>
    /// Under their locks: nobody submits one of them now. What was sent back is owed in its own way: it is to be mended; and so is what
    /// changed at its source: it is to come again.
    /// </summary>
    private static async Task<HashSet<(string Report, StepClock Clock)>> ReadOwedAsync(NpgsqlConnection connection, List<DueStep> steps, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select id, submitted_at is null and state <> 5, state = 3, update_due_at is not null and state <> 5 and coalesce(greatest(lock_at, extended_to) > $2, true) from report
            where id = any($1) and excused_at is null and followed_by is null
            """, connection)
        {
            Parameters = { Sql.Of([.. steps.Select(s => (string?)s.Report).Distinct()]), Sql.Of(now) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var owed = new HashSet<(string, StepClock)>();
        while (await reader.ReadAsync(cancellation))
            foreach (var clock in Enum.GetValues<StepClock>())
                if (reader.GetBoolean(1 + (int)clock)) owed.Add((reader.GetString(0), clock));
        return owed;
    }

    private static NpgsqlBatchCommand Mark(ImmutableArray<(DueStep Step, StepOutcome Outcome)> outcomes, DateTimeOffset now) => new("""
        update report_step s set done_at = $4, outcome = d.outcome from unnest($1, $2, $3) as d (report, step, outcome) where s.report = d.report and s.step = d.step and s.done_at is null
        """)
    {
        Parameters =
        {
            Sql.Of([.. outcomes.Select(o => (string?)o.Step.Report)]), Sql.Of([.. outcomes.Select(o => (string?)o.Step.Step)]),
            Sql.Of([.. outcomes.Select(o => (short)o.Outcome)]), Sql.Of(now),
        },
    };
}
