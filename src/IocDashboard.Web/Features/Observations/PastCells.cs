using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>The values of many series for one earlier period, as they are known now.</summary>
public static class PastCells
{
    /// <param name="timeKey">First instant of the period.</param>
    public static NpgsqlBatchCommand Find(int[] series, char rhythm, DateTimeOffset timeKey) =>
        new("""
            select distinct on (series_id) series_id, value from observation
            where series_id = any($1) and time_key = $2 and rhythm = $3::"char" and recorded_at >= $2 - interval '62 days'
            order by series_id, revision desc, seq desc
            """)
        {
            Parameters = { Sql.Of(series), Sql.Of(timeKey), Sql.Of(rhythm.ToString()) },
        };

    public static async Task<Dictionary<int, decimal?>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var values = new Dictionary<int, decimal?>();
        while (await reader.ReadAsync(cancellation)) values[reader.GetInt32(0)] = reader.Number(1);
        return values;
    }
}
