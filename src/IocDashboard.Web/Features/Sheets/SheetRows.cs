using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Sheets;

/// <summary>Tables <c>sheet</c>, <c>sheet_cell</c> and <c>sheet_cell_past</c>. Written under the lock of the report's form and agency.</summary>
internal static class SheetRows
{
    private const string CellColumns = "indicator, area, content, value, status, note, version, written_by, written_at";

    private enum Fate : short { WrittenOver, Sent, NotTaken }

    public static NpgsqlBatchCommand Find(string report) =>
        new("select state, version, handed_by, handed_at, given_back from sheet where report = $1") { Parameters = { Sql.Of(report) } };

    public static async Task<Sheet?> ReadAsync(NpgsqlDataReader reader, string report, CancellationToken cancellation) => await reader.ReadAsync(cancellation)
        ? new(report, (SheetState)reader.GetInt16(0), reader.GetInt64(1), reader.Text(2), reader.Instant(3), reader.Text(4))
        : null;

    public static NpgsqlBatchCommand FindCells(string report) =>
        new($"select {CellColumns} from sheet_cell where report = $1") { Parameters = { Sql.Of(report) } };

    public static NpgsqlBatchCommand FindCells(string report, IReadOnlyCollection<CellKey> keys) =>
        new($"select {CellColumns} from sheet_cell where report = $1 and (indicator, area) in (select * from unnest($2, $3))")
        {
            Parameters = { Sql.Of(report), Sql.Of([.. keys.Select(k => (string?)k.Indicator)]), Sql.Of([.. keys.Select(k => (string?)k.Area)]) },
        };

    public static async Task<List<SheetCell>> ReadCellsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var cells = new List<SheetCell>();
        while (await reader.ReadAsync(cancellation))
        {
            cells.Add(new(
                new(reader.GetString(0), reader.GetString(1)), reader.GetString(2), reader.Number(3),
                reader.IsDBNull(4) ? null : (ObservationStatus)reader.GetInt16(4), reader.Text(5), reader.GetInt32(6),
                reader.GetString(7), reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return cells;
    }

    public static NpgsqlBatchCommand Put(Sheet sheet, DateTimeOffset at) =>
        new("""
            insert into sheet (report, state, version, handed_by, handed_at, given_back, updated_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (report) do update set state = excluded.state, version = excluded.version, handed_by = excluded.handed_by,
                handed_at = excluded.handed_at, given_back = excluded.given_back, updated_at = excluded.updated_at
            """)
        {
            Parameters =
            {
                Sql.Of(sheet.Report), Sql.Of((short)sheet.State), Sql.Of(sheet.Version), Sql.Of(sheet.HandedBy), Sql.Of(sheet.HandedAt),
                Sql.Of(sheet.GivenBack), Sql.Of(at),
            },
        };

    public static NpgsqlBatchCommand PutCells(string report, IReadOnlyList<SheetCell> cells) =>
        WithCells(
            $"""
            insert into sheet_cell (report, {CellColumns}) select $1, {CellColumns} from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) as c ({CellColumns})
            on conflict (report, indicator, area) do update set content = excluded.content, value = excluded.value, status = excluded.status, note = excluded.note,
                version = excluded.version, written_by = excluded.written_by, written_at = excluded.written_at
            """,
            report, cells);

    /// <summary>What the cells held before they were written over.</summary>
    public static NpgsqlBatchCommand KeepWrittenOver(string report, IReadOnlyList<SheetCell> cells, DateTimeOffset at) => Keep(report, cells, Fate.WrittenOver, at);

    /// <summary>Entries that came too late and were not taken.</summary>
    public static NpgsqlBatchCommand KeepNotTaken(string report, IReadOnlyList<SheetCell> cells, DateTimeOffset at) => Keep(report, cells, Fate.NotTaken, at);

    /// <summary>The sheet was sent: its cells pass into the past. Takes nothing away when the sheet has changed since <paramref name="version"/>.</summary>
    public static NpgsqlBatchCommand Close(string report, long version, DateTimeOffset at) =>
        new($"""
            with closed as (delete from sheet where report = $1 and version = $2 returning report)
            insert into sheet_cell_past (report, {CellColumns}, fate, until)
            select c.report, {CellColumns}, {(short)Fate.Sent}, $3 from sheet_cell c join closed using (report)
            """)
        {
            Parameters = { Sql.Of(report), Sql.Of(version), Sql.Of(at) },
        };

    private static NpgsqlBatchCommand Keep(string report, IReadOnlyList<SheetCell> cells, Fate fate, DateTimeOffset at)
    {
        var command = WithCells(
            $"""
            insert into sheet_cell_past (report, {CellColumns}, fate, until)
            select $1, {CellColumns}, {(short)fate}, $11 from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) as c ({CellColumns})
            """,
            report, cells);
        command.Parameters.Add(Sql.Of(at));
        return command;
    }

    private static NpgsqlBatchCommand WithCells(string text, string report, IReadOnlyList<SheetCell> cells) => new(text)
    {
        Parameters =
        {
            Sql.Of(report), Sql.Of([.. cells.Select(c => (string?)c.Key.Indicator)]), Sql.Of([.. cells.Select(c => (string?)c.Key.Area)]),
            Sql.Of([.. cells.Select(c => (string?)c.Text)]), Sql.Of([.. cells.Select(c => c.Value)]), Sql.Of([.. cells.Select(c => (short?)c.Status)]), Sql.Of([.. cells.Select(c => c.Note)]),
            Sql.Of([.. cells.Select(c => c.Version)]), Sql.Of([.. cells.Select(c => (string?)c.By)]), Sql.Of([.. cells.Select(c => c.At)]),
        },
    };
}
