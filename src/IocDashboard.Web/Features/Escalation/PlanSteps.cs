using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>
/// Lays out, for each report that is still owed, the steps of its rhythm's ladder: when it opens, when its deadline moves, when a ladder or
/// the working calendar changes. Steps that were taken stay taken. It may run at any time, on any node, and after any pause, and reads
/// only what is to be laid out.
/// </summary>
public sealed class PlanSteps(NpgsqlDataSource database, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock)
{
    /// <summary>
    /// Reports with steps to come: those whose deadline lies ahead, and those that were on a ladder when it passed and are still owed. One
    /// that was overdue before anybody laid out a step for it is left: a centre that begins urges nothing of the past.
    /// </summary>
    internal const string Pending = """
        select id from report where submitted_at is null and state in (0, 1) and (due_at > $1 or (overdue_since is not null and ladder_at < 'infinity'))
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
        // By whichever is newer, any ladder or the calendar that working days are counted by.
        var since = ladders.Since.Values.Concat(catalogue.Current.Calendars.Entries.TakeLast(1).Select(e => e.RecordedAt)).Max();
        var reports = await TakeAsync(connection, since, now, cancellation);
        if (reports.Count == 0) return 0;

        var rows = reports.Where(r => !r.IsLeft).SelectMany(r => LadderPlan.Of(ladders.OfRhythm[r.Period.Rhythm], r.DueAt, catalogue.Current.CalendarOf(r.Agency), time, now), (r, step) => (r.Id, Step: step)).ToList();
        string?[] ids = [.. reports.Select(r => r.Id)];
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new($"delete from report_step where report = any($1) and done_at is null and at > $2 and step <> '{MendStep.Code}' and step not like '{LadderRules.UpdatePrefix}%'") { Parameters = { Sql.Of(ids), Sql.Of(now) } },
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
                new("update report set ladder_at = case when p.is_left then 'infinity' else $3 end from unnest($1, $2) as p (id, is_left) where report.id = p.id")
                {
                    Parameters = { Sql.Of(ids), Sql.Of([.. reports.Select(r => r.IsLeft)]), Sql.Of(since) },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return reports.Count;
    }

    /// <summary>
    /// By the index of what is to be laid out. Rows that another node plans are its own, and a node that knows an older calendar plans
    /// nothing back. What was overdue before anybody laid out a step for it is left for good.
    /// </summary>
    private static async Task<List<(string Id, string Agency, ReportingPeriod Period, DateTimeOffset DueAt, bool IsLeft)>> TakeAsync(
        NpgsqlConnection connection, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"""
            select id, agency, period, due_at, due_at <= $1 and ladder_at is null from report
            where submitted_at is null and state in (0, 1) and coalesce(ladder_at, '-infinity') < $2
            order by coalesce(ladder_at, '-infinity') limit {ReportsInTransaction} for update skip locked
            """), connection) { Parameters = { Sql.Of(now), Sql.Of(since) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, string, ReportingPeriod, DateTimeOffset, bool)>();
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetString(0), reader.GetString(1), ReportingPeriod.Parse(reader.GetString(2)), reader.GetFieldValue<DateTimeOffset>(3), reader.GetBoolean(4)));
        return found;
    }
}
