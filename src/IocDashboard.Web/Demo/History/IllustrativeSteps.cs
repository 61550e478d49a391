using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Demo.History;

/// <summary>
/// Whom the ladder told about the reports that illustrative history leaves overdue, as if it had been at work then; what is still to come
/// is laid out by the jobs themselves. Once: afterwards there are steps.
/// </summary>
internal sealed class IllustrativeSteps(NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock)
{
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var reports = await ReadAsync(connection, cancellation);
        if (reports.Count == 0) return;
        var ladders = await Ladders.ReadAsync(connection, cancellation);
        var steps = reports.SelectMany(r => LadderPlan.Of(ladders.OfRhythm[r.Period.Rhythm], r.DueAt, catalogue.Current.CalendarOf(r.Agency), time, r.OpensAt).Where(s => s.At <= now), (r, s) => (Report: r, Step: s)).ToList();
        await history.AppendAsync(transaction, steps.Select(s => (s.Report.Id, EventOf(s.Step, s.Report.DueAt))), cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (report, step) in steps)
            batch.BatchCommands.Add(new("insert into report_step (report, step, at, audiences, done_at, outcome) values ($1, $2, $3, $4, $3, 0) on conflict do nothing")
            {
                Parameters = { Sql.Of(report.Id), Sql.Of(step.Step.Code), Sql.Of(step.At), Sql.Of([.. step.Step.To.Select(a => (short)a)]) },
            });
        // On a ladder since long ago: whatever ladder and calendar hold now lays out the rest.
        batch.BatchCommands.Add(new("update report set ladder_at = '1900-01-01' where id = any($1)") { Parameters = { Sql.Of([.. reports.Select(r => (string?)r.Id)]) } });
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static object EventOf(PlannedStep step, DateTimeOffset dueAt)
    {
        var to = step.Step.To.Select(a => a.ToString());
        return step.At < dueAt ? new ReportReminded(step.Step.Code, [.. to], step.At, step.At) : new ReportEscalated(step.Step.Code, [.. to], step.At, step.At);
    }

    private static async Task<List<(string Id, string Agency, ReportingPeriod Period, DateTimeOffset OpensAt, DateTimeOffset DueAt)>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select id, agency, period, opens_at, due_at from report
            where overdue_since is not null and submitted_at is null and state in (0, 1) and not exists (select from report_step) order by id
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, string, ReportingPeriod, DateTimeOffset, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetString(0), reader.GetString(1), ReportingPeriod.Parse(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<DateTimeOffset>(4)));
        return found;
    }
}
