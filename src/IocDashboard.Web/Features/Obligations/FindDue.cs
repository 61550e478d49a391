using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Obligations;

/// <summary>
/// All reports of one agency that fall due in a window, or were sent back and are to be mended in it, in one statement by index:
/// what a calendar shows.
/// </summary>
public sealed class FindDue(NpgsqlDataSource database)
{
    /// <summary>A year of a dozen daily forms.</summary>
    private const int Most = 5_000;

    /// <returns>By due instant.</returns>
    public async Task<IReadOnlyList<Report>> Handle(string agency, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellation)
    {
        // What waits to be mended may have been due in another year: the index then goes over the agency's own reports, some thousands.
        await using var command = database.CreateCommand($"""
            select {ReportRows.Columns} from report
            where agency = $1 and ((due_at >= $2 and due_at < $3) or (state = {(short)ReportState.Returned} and mend_by >= $2 and mend_by < $3)
                or (update_due_at >= $2 and update_due_at < $3))
            order by due_at, id limit {Most}
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(agency), Sql.Of(from), Sql.Of(before)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Report>();
        while (await ReportRows.ReadAsync(reader, cancellation) is { } report) found.Add(report);
        return found;
    }
}
