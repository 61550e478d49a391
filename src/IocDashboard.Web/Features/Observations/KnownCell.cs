using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>The newest row of <c>observation</c> for one series and time: what a further value of the same cell is a revision of.</summary>
/// <param name="ReceivedAt">When its revision was recorded, whatever was said of it since.</param>
public sealed record KnownCell(
    int Series, DateTimeOffset TimeKey, int Revision, decimal? Value, ObservationStatus Status, VerificationState Verification, string? Note,
    DateTimeOffset ReceivedAt)
{
    private const string Newest = """
        select distinct on (o.series_id, o.time_key) o.series_id, o.time_key, o.revision, o.value, o.status, o.verification, o.note,
            coalesce(o.received_at, o.recorded_at)
        """;

    /// <summary>Cells of one report. <paramref name="ifRevised"/> names the report: before its first submission there is nothing to find, and nothing is looked for.</summary>
    /// <param name="since">Nothing of this period can have been recorded earlier: keeps older partitions out.</param>
    public static NpgsqlBatchCommand FindPeriod(int[] series, DateTimeOffset timeKey, char rhythm, DateTimeOffset since, string ifRevised) =>
        new(Newest + """

            from observation o
            where o.series_id = any($1) and o.time_key = $2 and o.rhythm = $3::"char" and o.recorded_at >= $4
                and exists (select from report r where r.id = $5 and r.revision > 0)
            order by o.series_id, o.time_key, o.revision desc, o.seq desc
            """)
        {
            Parameters = { Sql.Of(series), Sql.Of(timeKey), Sql.Of(rhythm.ToString()), Sql.Of(since), Sql.Of(ifRevised) },
        };

    /// <summary>Measurements by series and instant, pairwise.</summary>
    public static NpgsqlBatchCommand FindMeasurements(int[] series, DateTimeOffset[] times, DateTimeOffset since) =>
        new(Newest + """

            from unnest($1, $2) as wanted (series_id, time_key)
            join observation o on o.series_id = wanted.series_id and o.time_key = wanted.time_key
            where o.rhythm = 'I' and o.recorded_at >= $3
            order by o.series_id, o.time_key, o.revision desc, o.seq desc
            """)
        {
            Parameters = { Sql.Of(series), Sql.Of(times), Sql.Of(since) },
        };

    public static async Task<List<KnownCell>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var cells = new List<KnownCell>();
        while (await reader.ReadAsync(cancellation))
        {
            cells.Add(new(
                reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2), reader.Number(3),
                (ObservationStatus)reader.GetInt16(4), (VerificationState)reader.GetInt16(5), reader.Text(6),
                reader.GetFieldValue<DateTimeOffset>(7)));
        }

        return cells;
    }
}
