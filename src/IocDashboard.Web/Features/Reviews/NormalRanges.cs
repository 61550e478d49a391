using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Reviews;

/// <summary>What a series' own figures usually are: the middle nine tenths of what was known of it.</summary>
/// <param name="Count">How many figures say so.</param>
public sealed record NormalRange(decimal Low, decimal High, int Count)
{
    public bool Contains(decimal value) => value >= Low && value <= High;
}

/// <summary>
/// The own normal range of many series for one period: around the same time of the three years before, where a year has enough
/// periods for that; else all of those three years.
/// </summary>
internal static class NormalRanges
{
    private const int Years = 3, Fewest = 5;

    /// <param name="start">First instant of the period.</param>
    public static NpgsqlBatchCommand Find(int[] series, Rhythm rhythm, DateTimeOffset start)
    {
        var windows = Windows(rhythm, start);
        return new($"""
            select s.id, percentile_disc(array[0.05, 0.95]) within group (order by o.value), count(*)::int
            from unnest($1) as s (id) cross join unnest($2, $3) as w (since, before)
            cross join lateral (
                select distinct on (o.time_key) o.value from observation o
                where o.series_id = s.id and o.rhythm = $4::"char" and o.time_key >= w.since and o.time_key < w.before and o.recorded_at >= $5
                order by o.time_key desc, o.revision desc, o.seq desc) o
            where o.value is not null group by s.id having count(*) >= {Fewest}
            """)
        {
            Parameters =
            {
                Sql.Of(series), Sql.Of([.. windows.Select(w => w.Since)]), Sql.Of([.. windows.Select(w => w.Before)]), Sql.Of(rhythm.Code()[0].ToString()),
                Sql.Of(windows.Min(w => w.Since).AddDays(-62)), // nothing is recorded longer before its period
            },
        };
    }

    public static async Task<Dictionary<int, NormalRange>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var ranges = new Dictionary<int, NormalRange>();
        while (await reader.ReadAsync(cancellation))
        {
            var ends = reader.GetFieldValue<decimal[]>(1);
            ranges[reader.GetInt32(0)] = new(ends[0], ends[1], reader.GetInt32(2));
        }

        return ranges;
    }

    private static List<(DateTimeOffset Since, DateTimeOffset Before)> Windows(Rhythm rhythm, DateTimeOffset start)
    {
        int? reach = rhythm switch { Rhythm.Daily => 21, Rhythm.Weekly => 42, Rhythm.Monthly => 65, _ => null };
        return reach is { } days
            ? [.. Enumerable.Range(1, Years).Select(y => (start.AddYears(-y).AddDays(-days), start.AddYears(-y).AddDays(days + 1)))]
            : [(start.AddYears(-Years), start)];
    }
}
