using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Reporting;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Obligations;

/// <summary>A deadline that a calendar moves, from where and to where.</summary>
public sealed record MovedDeadline(Report Report, ReportRescheduled To);

/// <summary>
/// Brings the deadlines that are still to come into step with the working calendar: an event for each that moves, what it was before
/// kept beside it. It may run at any time, on any node, and after any pause; what has moved already is left alone.
/// </summary>
public sealed class RescheduleReports(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogue, PlanSteps plan, CommitSignal signal, ProvinceTime time, TimeProvider clock,
    ILogger<RescheduleReports> logger)
{
    // A snapshot that is some seconds old may have opened a report after the calendar had changed.
    private static readonly TimeSpan OpenedWithOlder = TimeSpan.FromMinutes(5);

    /// <summary>What would move if the calendars were these; nothing is written.</summary>
    public async Task<IReadOnlyList<MovedDeadline>> Preview(CalendarBook calendars, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return [.. (await ReadToCome(now, cancellation)).Select(r => Moved(r, calendars, now)).OfType<MovedDeadline>()];
    }

    /// <returns>How many deadlines moved.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        var calendars = catalogue.Current.Calendars;
        var now = Micros.Truncate(clock.GetUtcNow());
        var moved = (await ReadToCome(now, cancellation)).Where(r => Moved(r, calendars, now) is not null).GroupBy(r => (r.Form, r.Agency));
        var count = 0;
        foreach (var form in moved.OrderBy(f => f.Key.Form, StringComparer.Ordinal)) count += await Move([.. form.Select(r => r.Id)], form.Key.Form, form.Key.Agency, calendars, now, cancellation);
        // Also where no deadline moves: the steps after one may.
        await plan.Handle(cancellation);
        if (count == 0) return 0;
        signal.Pulse();
        logger.LogInformation("The working calendar moved {Reports} deadlines", count);
        return count;
    }

    /// <summary>By index: obligations some periods ahead, however many lie behind.</summary>
    private async Task<List<Report>> ReadToCome(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select {ReportRows.Columns} from report where submitted_at is null and overdue_since is null and state in (0, 1) and due_at > $1 order by due_at, id");
        command.Parameters.Add(Sql.Of(now));
        return await ReadAsync(command, cancellation);
    }

    private MovedDeadline? Moved(Report report, CalendarBook calendars, DateTimeOffset now)
    {
        var then = catalogue.Current.At(report.Period.FirstDay);
        if (!then.Forms.TryGetValue(report.Form, out var form)) return null;
        var reckonedAt = report.RescheduledAt ?? report.OpenedAt;
        var after = calendars.Current.Of(report.Agency);
        foreach (var known in new[] { reckonedAt, reckonedAt - OpenedWithOlder })
        {
            var to = ReportSchedule.Reschedule(
                report, form, then.Indicators, calendars.At(known).Of(report.Agency), after, time, now, Because(calendars, report.Agency, known));
            if (to is not null) return new(report, to);
        }

        return null;
    }

    private static string Because(CalendarBook calendars, string agency, DateTimeOffset after) => string.Join("; ", calendars.Entries
        .Where(e => e.RecordedAt > after && (e.Agency.Length == 0 || e.Agency == agency)).Select(e => e.Basis).Distinct(StringComparer.Ordinal));

    /// <summary>Under the lock of the form and agency, so that nobody submits under a deadline that is being moved; looks again.</summary>
    private async Task<int> Move(string[] ids, string form, string agency, CalendarBook calendars, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var locks = new NpgsqlBatch(connection, transaction) { BatchCommands = { WriteLock.Take(WriteLock.OfReports(form, agency)) } })
            await locks.ExecuteNonQueryAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"select {ReportRows.Columns} from report where id = any($1) and submitted_at is null and overdue_since is null and state in (0, 1) order by id for update",
            connection, transaction) { Parameters = { Sql.Of([.. ids.Select(i => (string?)i)]) } };
        var moved = (await ReadAsync(command, cancellation)).Select(r => Moved(r, calendars, now)).OfType<MovedDeadline>().ToList();
        if (moved.Count == 0) return 0;

        await history.AppendAsync(transaction, moved.Select(m => (m.Report.Id, (object)m.To)), cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (report, to) in moved)
        {
            batch.BatchCommands.Add(new("insert into report_due_past (report, due_at, lock_at, until) values ($1, $2, $3, $4)")
            {
                Parameters = { Sql.Of(report.Id), Sql.Of(report.DueAt), Sql.Of(report.LockAt), Sql.Of(now) },
            });
            batch.BatchCommands.Add(ReportRows.Put(report.Apply(to), figures: null, now));
        }

        batch.BatchCommands.Add(ChangeRow.Put(now, reports: [.. moved.Select(m => m.Report.Id)]));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return moved.Count;
    }

    private static async Task<List<Report>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Report>();
        while (await ReportRows.ReadAsync(reader, cancellation) is { } report) found.Add(report);
        return found;
    }
}
