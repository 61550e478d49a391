using System.Globalization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>
/// Lays out, for each report that is still owed, the steps of its rhythm's ladder: when it opens, when its deadline moves, when a
/// ladder or the working calendar changes. Steps that were taken stay taken. It may run at any time, on any node, and after any pause.
/// </summary>
public sealed class PlanSteps(NpgsqlDataSource database, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock)
{
    private const int ReportsInTransaction = 500;

    /// <returns>For how many reports steps were laid out.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        var count = 0;
        while (await PlanSome(cancellation) is > 0 and var some) count += some;
        return count;
    }

    private async Task<int> PlanSome(CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var ladders = await Ladders.ReadAsync(connection, cancellation);
        // By whichever is newer, the ladder or the calendar that its working days are counted by.
        var since = catalogue.Current.Calendars.Entries is [.., var last] && last.RecordedAt > ladders.Since ? last.RecordedAt : ladders.Since;
        var reports = await TakeAsync(connection, since, now, cancellation);
        if (reports.Count == 0) return 0;

        var rows = reports.SelectMany(r => LadderPlan.Of(ladders.OfRhythm[r.Period.Rhythm], r.DueAt, catalogue.Current.CalendarOf(r.Agency), time, now), (r, step) => (r.Id, Step: step)).ToList();
        string?[] ids = [.. reports.Select(r => r.Id)];
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new($"delete from report_step where report = any($1) and done_at is null and at > $2 and step <> '{PlannedSteps.Mend}'") { Parameters = { Sql.Of(ids), Sql.Of(now) } },
                new("""
                    insert into report_step (report, step, at, audiences)
                    select report, step, at, string_to_array(audiences, ',')::smallint[] from unnest($1, $2, $3, $4) as s (report, step, at, audiences)
                    on conflict do nothing
                    """)
                {
                    Parameters =
                    {
                        Sql.Of([.. rows.Select(r => (string?)r.Id)]), Sql.Of([.. rows.Select(r => (string?)r.Step.Step.Code)]), Sql.Of([.. rows.Select(r => r.Step.At)]),
                        Sql.Of([.. rows.Select(r => (string?)string.Join(',', r.Step.Step.To.Select(a => ((int)a).ToString(CultureInfo.InvariantCulture))))]),
                    },
                },
                new("""
                    insert into report_ladder (report, due_at, ladder_at) select report, due_at, $3 from unnest($1, $2) as r (report, due_at)
                    on conflict (report) do update set due_at = excluded.due_at, ladder_at = excluded.ladder_at
                    """) { Parameters = { Sql.Of(ids), Sql.Of([.. reports.Select(r => r.DueAt)]), Sql.Of(since) } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return reports.Count;
    }

    /// <summary>
    /// Those whose deadline lies ahead, and those that were on a ladder when it passed and are still owed: by the indices of either. Rows that
    /// another node plans are its own, and a node that knows an older calendar plans nothing back.
    /// </summary>
    private static async Task<List<(string Id, string Agency, ReportingPeriod Period, DateTimeOffset DueAt)>> TakeAsync(
        NpgsqlConnection connection, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
            with pending as (
                select id from report where submitted_at is null and overdue_since is null and state in (0, 1) and due_at > $1
                union all
                select o.id from report o join report_ladder on report = o.id where o.submitted_at is null and o.overdue_since is not null and o.state in (0, 1))
            select r.id, r.agency, r.period, r.due_at from pending join report r using (id) left join report_ladder l on l.report = r.id
            where l.report is null or l.due_at <> r.due_at or l.ladder_at < $2
            order by r.due_at limit {ReportsInTransaction} for update of r skip locked
            """), connection) { Parameters = { Sql.Of(now), Sql.Of(since) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, string, ReportingPeriod, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetString(0), reader.GetString(1), ReportingPeriod.Parse(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3)));
        return found;
    }
}
