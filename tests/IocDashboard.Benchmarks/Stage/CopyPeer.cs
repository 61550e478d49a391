using System.Diagnostics;
using Npgsql;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// The peer of report ingest: binary COPY of the rows that a message leaves behind into clones of every table that it touched,
/// with the same indexes, about 1,000 values a transaction. No reading, no deciding, no encoding.
/// </summary>
internal sealed class CopyPeer
{
    private static readonly (string Table, string Clone, Dictionary<string, RawRows.KeyKind> Keys)[] Tables =
    [
        // A later period with each round, as with real reports.
        ("observation", "observation", new(StringComparer.Ordinal) { ["time_key"] = RawRows.KeyKind.Time }),
        ("current_value", "current_value", new(StringComparer.Ordinal) { ["series_id"] = RawRows.KeyKind.Int4 }),
        ("report", "report", new(StringComparer.Ordinal) { ["id"] = RawRows.KeyKind.Text }),
        ("message", "message", new(StringComparer.Ordinal) { ["message_id"] = RawRows.KeyKind.Text }),
        ("change", "change", new(StringComparer.Ordinal) { ["id"] = RawRows.KeyKind.Int8 }),
        ("history.mt_streams", "mt_streams", new(StringComparer.Ordinal) { ["id"] = RawRows.KeyKind.Text }),
        ("history.mt_events", "mt_events", new(StringComparer.Ordinal) { ["seq_id"] = RawRows.KeyKind.Int8, ["id"] = RawRows.KeyKind.Uuid, ["stream_id"] = RawRows.KeyKind.Text }),
    ];

    private readonly List<RawRows[]> _transactions = [];
    private int _written;

    /// <summary>Makes the clones and reads the rows of messages that the centre has taken in.</summary>
    /// <param name="reports">Keys of reports, those of one transaction together.</param>
    public static async Task<CopyPeer> CreateAsync(CentreDatabase database, string schema, IEnumerable<string[]> reports)
    {
        var peer = new CopyPeer();
        await using var connection = await database.Rows.OpenConnectionAsync();
        await ExecuteAsync(connection, $"create schema {schema}");
        foreach (var (table, clone, _) in Tables)
        {
            // This year's partition stands for the partitioned table: a COPY into it has no rows to route.
            var source = table == "observation" ? $"observation_y{TimeProvider.System.GetUtcNow().Year}" : table;
            var fill = table == "current_value" ? "with (fillfactor = 70)" : "";
            await ExecuteAsync(connection, $"create table {schema}.{clone} (like {source} including all) {fill}");
        }

        foreach (var ids in reports)
        {
            var rows = new RawRows[Tables.Length];
            for (var i = 0; i < rows.Length; i++)
                rows[i] = await RawRows.ReadAsync(connection, Select(Tables[i].Table, ids), $"{schema}.{Tables[i].Clone}", Tables[i].Keys);
            if (rows.Any(r => r.Count == 0)) throw new InvalidOperationException("A message has left no rows in one of the tables.");
            peer._transactions.Add(rows);
        }

        return peer;
    }

    /// <summary>Values a second.</summary>
    public async Task<double> RunAsync(CentreDatabase database, TimeSpan length, int clients)
    {
        long values = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            await using var connection = await database.Rows.OpenConnectionAsync();
            // Each client has templates of its own: they are renumbered in place.
            var mine = _transactions.Where((_, i) => i % clients == client).ToArray();
            for (var next = 0; watch.Elapsed < length; next++)
            {
                var rows = mine[next % mine.Length];
                var number = Interlocked.Increment(ref _written);
                await using var transaction = await connection.BeginTransactionAsync();
                foreach (var table in rows) await table.WriteAsync(connection, number);
                await transaction.CommitAsync();
                Interlocked.Add(ref values, rows[0].Count);
            }
        }));
        return values / watch.Elapsed.TotalSeconds;
    }

    private static string Select(string table, string[] ids)
    {
        var list = string.Join(',', ids.Select(id => $"'{id}'"));
        return table switch
        {
            "observation" => $"select * from observation where seq in (select seq_id from history.mt_events where stream_id in ({list}))",
            "current_value" => $"select * from current_value where series_id in (select unnest(series) from change where reports && array[{list}])",
            "report" => $"select * from report where id in ({list})",
            "message" => $"select * from message where receipt->>'Report' in ({list})",
            "change" => $"select * from change where reports && array[{list}]",
            "history.mt_streams" => $"select * from history.mt_streams where id in ({list})",
            _ => $"select * from history.mt_events where stream_id in ({list})",
        };
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
