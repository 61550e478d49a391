using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Live.Board;

/// <summary>The value of the same period last year for many series in one statement, by index.</summary>
internal static class YearAgoReader
{
    public static async Task<Dictionary<int, decimal?>> ReadAsync(
        NpgsqlConnection connection, List<(int SeriesId, (DateTimeOffset From, DateTimeOffset To) Range)> lookups,
        DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var values = new Dictionary<int, decimal?>(lookups.Count);
        if (lookups.Count == 0) return values;

        // A figure cannot be recorded long before its period: the lower bound lets PostgreSQL skip the partitions of other years.
        await using var command = new NpgsqlCommand(
            """
            select w.series_id, o.value
            from unnest($1, $2, $3) as w(series_id, from_key, to_key)
            cross join lateral (
                select value from observation
                where series_id = w.series_id and time_key >= w.from_key and time_key < w.to_key
                  and recorded_at >= w.from_key - interval '62 days' and ($4::timestamptz is null or recorded_at <= $4)
                order by time_key desc, revision desc, seq desc limit 1) o
            """, connection);
        command.Parameters.Add(new() { Value = lookups.Select(l => l.SeriesId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = lookups.Select(l => l.Range.From).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = lookups.Select(l => l.Range.To).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)asOf ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) values[reader.GetInt32(0)] = reader.IsDBNull(1) ? null : reader.GetDecimal(1);
        return values;
    }
}
