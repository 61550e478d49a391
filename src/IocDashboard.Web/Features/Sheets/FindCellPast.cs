using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using Npgsql;

namespace IocDashboard.Web.Features.Sheets;

/// <summary>What a cell held before, or what somebody typed into it that was not taken.</summary>
public sealed record PastCell(string Text, string? Note, string By, DateTimeOffset At, bool NotTaken);

/// <summary>The newest of what was typed into one cell and no longer stands.</summary>
public sealed class FindCellPast(NpgsqlDataSource database)
{
    private const int Most = 12;

    /// <param name="scope">Of whoever reads; of another agency's report nothing is found.</param>
    public async Task<IReadOnlyList<PastCell>> Handle(string report, CellKey cell, AgencyScope scope, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(report, out _, out var agency, out _) || !scope.Covers(agency)) return [];
        await using var command = database.CreateCommand("""
            select content, note, written_by, written_at, fate = 2 from sheet_cell_past
            where report = $1 and indicator = $2 and area = $3 order by written_at desc limit $4
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(report), Sql.Of(cell.Indicator), Sql.Of(cell.Area), Sql.Of(Most)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var past = new List<PastCell>();
        while (await reader.ReadAsync(cancellation))
            past.Add(new(reader.GetString(0), reader.Text(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetBoolean(4)));
        return past;
    }
}
