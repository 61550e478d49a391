using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>Figures of other periods, by series and the first instant of their period, each as it last stood. Null is a missing one.</summary>
internal static class KnownPoint
{
    /// <summary>Single points, pairwise: each is looked up by index in the partitions in which it can have been recorded.</summary>
    public static NpgsqlBatchCommand Find(int[] series, DateTimeOffset[] times, string?[] rhythms) =>
        new("""
            select w.series_id, w.time_key, o.value
            from unnest($1, $2, $3) as w (series_id, time_key, rhythm)
            cross join lateral (
                select value from observation
                where series_id = w.series_id and time_key = w.time_key and rhythm = w.rhythm::"char" and recorded_at >= w.time_key - interval '62 days'
                order by revision desc, seq desc limit 1) o
            """)
        {
            Parameters = { Sql.Of(series), Sql.Of(times), Sql.Of(rhythms) },
        };

    /// <summary>Every point of the series from one period's beginning to another's, that one excluded.</summary>
    public static NpgsqlBatchCommand FindRange(int[] series, DateTimeOffset from, DateTimeOffset before, char rhythm) =>
        new("""
            select distinct on (series_id, time_key) series_id, time_key, value
            from observation
            where series_id = any($1) and time_key >= $2 and time_key < $3 and rhythm = $4::"char" and recorded_at >= $2 - interval '62 days'
            order by series_id, time_key desc, revision desc, seq desc
            """)
        {
            Parameters = { Sql.Of(series), Sql.Of(from), Sql.Of(before), Sql.Of(rhythm.ToString()) },
        };

    /// <summary>As it was first reported: revision 1 of each point.</summary>
    public static NpgsqlBatchCommand FindFirst(int[] series, DateTimeOffset from) =>
        new("""
            select distinct on (series_id, time_key) series_id, time_key, value
            from observation
            where series_id = any($1) and time_key >= $2 and revision = 1 and rhythm <> 'I' and recorded_at >= $2 - interval '62 days'
            order by series_id, time_key desc, revision desc, seq
            """)
        {
            Parameters = { Sql.Of(series), Sql.Of(from) },
        };

    public static async Task<Dictionary<(int Series, DateTimeOffset Key), decimal?>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var points = new Dictionary<(int, DateTimeOffset), decimal?>();
        while (await reader.ReadAsync(cancellation)) points[(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1))] = reader.Number(2);
        return points;
    }
}
