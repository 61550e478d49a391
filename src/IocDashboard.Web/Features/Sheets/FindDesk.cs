using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Sheets;

/// <summary>One report on an agency's desk.</summary>
/// <param name="Filled">Cells of its sheet that say something; 0 when there is no sheet.</param>
/// <param name="LastBy">Who wrote last, or sent it.</param>
public sealed record DeskReport(Report Report, Sheet? Sheet, int Filled, string? LastBy);

/// <summary>What an agency has to do and has done lately: one statement by index, however long its history.</summary>
public sealed class FindDesk(NpgsqlDataSource database)
{
    /// <summary>A year of a daily form with some room.</summary>
    private const int Most = 800;

    /// <param name="from">Reports due before it are left out, unless nothing was ever sent for them, or they were sent back.</param>
    /// <returns>By due instant.</returns>
    public async Task<IReadOnlyList<DeskReport>> Handle(string agency, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellation, string? form = null)
    {
        await using var command = database.CreateCommand($"""
            select {string.Join(", ", ReportRows.Columns.Split(", ").Select(c => "r." + c))},
                s.state, s.version, s.handed_by, s.handed_at, s.given_back, coalesce(c.filled, 0)::int, c.last_by
            from report r
            left join sheet s on s.report = r.id
            left join lateral (
                select count(*) filter (where content <> '' or status = {(short)ObservationStatus.Missing}) filled,
                    (array_agg(written_by order by written_at desc))[1] last_by
                from sheet_cell where report = r.id) c on s.report is not null
            where r.agency = $1 and ($4::text is null or r.form = $4) and r.due_at < $3
                and (r.due_at >= $2 or (r.submitted_at is null and r.state <> {(short)ReportState.Locked}) or r.state = {(short)ReportState.Returned} or (r.update_due_at is not null and r.state <> {(short)ReportState.Locked}))
            order by r.due_at desc, r.id limit {Most}
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(agency), Sql.Of(from), Sql.Of(before), Sql.Of(form)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<DeskReport>();
        var next = ReportRows.Columns.Split(", ").Length;
        while (await ReportRows.ReadAsync(reader, cancellation) is { } report)
        {
            var sheet = reader.IsDBNull(next) ? null : new Sheet(
                report.Id, (SheetState)reader.GetInt16(next), reader.GetInt64(next + 1), reader.Text(next + 2), reader.Instant(next + 3), reader.Text(next + 4));
            found.Add(new(report, sheet, reader.GetInt32(next + 5), reader.Text(next + 6)));
        }

        found.Reverse();
        return found;
    }
}
