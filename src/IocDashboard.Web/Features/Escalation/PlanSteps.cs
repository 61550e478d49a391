using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>
/// Lays out, for each report that is still to come, the steps of its rhythm's ladder: when it opens, when its deadline moves, when a
/// ladder changes. Steps that were taken stay taken. It may run at any time, on any node, and after any pause.
/// </summary>
public sealed class PlanSteps(NpgsqlDataSource database, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock)
{
    /// <summary>
    /// Reports with steps to come: those whose deadline lies ahead, and those that were on a ladder when it passed and are still owed. One
    /// that was overdue before anybody laid out a step for it is left: a centre that begins urges nothing of the past.
    /// </summary>
    internal const string Pending = """
        select id from report where submitted_at is null and overdue_since is null and state in (0, 1) and due_at > $1
        union all
        select o.id from report o join report_ladder on report = o.id where o.submitted_at is null and o.overdue_since is not null and o.state in (0, 1)
        """;

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
        var reports = await TakeAsync(connection, ladders.Since, now, cancellation);
        if (reports.Count == 0) return 0;

        var rows = reports.SelectMany(r => LadderPlan.Of(ladders.OfRhythm[r.Period.Rhythm], r.DueAt, catalogue.Current.CalendarOf(r.Agency), time, now), (r, step) => (r.Id, Step: step)).ToList();
        string?[] ids = [.. reports.Select(r => r.Id)];
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("delete from report_step where report = any($1) and done_at is null and at > $2") { Parameters = { Sql.Of(ids), Sql.Of(now) } },
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
                    insert into report_ladder (report, due_at, ladder_at) select report, due_at, ladder_at from unnest($1, $2, $3) as r (report, due_at, ladder_at)
                    on conflict (report) do update set due_at = excluded.due_at, ladder_at = excluded.ladder_at
                    """) { Parameters = { Sql.Of(ids), Sql.Of([.. reports.Select(r => r.DueAt)]), Sql.Of([.. reports.Select(r => ladders.Since[r.Period.Rhythm])]) } },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return reports.Count;
    }

    /// <summary>By the indices of deadlines to come and of what is overdue. Rows that another node plans are its own.</summary>
    private static async Task<List<(string Id, string Agency, ReportingPeriod Period, DateTimeOffset DueAt)>> TakeAsync(
        NpgsqlConnection connection, IReadOnlyDictionary<Rhythm, DateTimeOffset> since, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
            with pending as ({Pending})
            select r.id, r.agency, r.period, r.due_at from pending join report r using (id) left join report_ladder l on l.report = r.id
            join unnest($2, $3) as s (rhythm, since) on s.rhythm = {Ladders.RhythmOfReport}
            where l.report is null or l.due_at <> r.due_at or l.ladder_at <> s.since
            order by r.due_at limit {ReportsInTransaction} for update of r skip locked
            """), connection) { Parameters = { Sql.Of(now), Sql.Of([.. since.Keys.Select(r => (string?)r.ToString())]), Sql.Of([.. since.Values]) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, string, ReportingPeriod, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetString(0), reader.GetString(1), ReportingPeriod.Parse(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3)));
        return found;
    }
}
