using System.Collections.Immutable;
using System.Runtime.InteropServices;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Database;
using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>The current value of each series: table <c>current_value</c>, read into and written from <see cref="SeriesHead"/>.</summary>
public static class HeadRows
{
    private const string Columns = "series_id, time_key, rhythm, revision, value, status, verification, seq, recorded_at, received_at, note, recent_keys, recent_values";

    public static NpgsqlBatchCommand Find(int[] series) =>
        new($"select {Columns} from current_value where series_id = any($1)") { Parameters = { Sql.Of(series) } };

    public static async Task<Dictionary<int, SeriesHead>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var heads = new Dictionary<int, SeriesHead>();
        while (await reader.ReadAsync(cancellation)) heads.Add(reader.GetInt32(0), Head(reader));
        return heads;
    }

    public static NpgsqlBatchCommand Put(IReadOnlyDictionary<int, SeriesHead> heads)
    {
        var rows = new HeadRow[heads.Count];
        var next = 0;
        foreach (var (series, head) in heads) rows[next++] = Row(series, head);
        return new($"""
            insert into current_value ({Columns}) select {Columns} from unnest($1)
            on conflict (series_id) do update set
                time_key = excluded.time_key, rhythm = excluded.rhythm, revision = excluded.revision, value = excluded.value,
                status = excluded.status, verification = excluded.verification, seq = excluded.seq,
                recorded_at = excluded.recorded_at, received_at = excluded.received_at, note = excluded.note,
                recent_keys = excluded.recent_keys, recent_values = excluded.recent_values
            """)
        {
            Parameters = { new NpgsqlParameter { Value = rows, DataTypeName = HeadRow.TypeName + "[]" } },
        };
    }

    private static SeriesHead Head(NpgsqlDataReader row)
    {
        var keys = row.GetFieldValue<DateTimeOffset[]>(11);
        var values = row.GetFieldValue<decimal?[]>(12);
        var recent = new SeriesPoint[keys.Length];
        for (var i = 0; i < recent.Length; i++) recent[i] = new(keys[i], values[i]);
        return new(
            row.GetFieldValue<DateTimeOffset>(1), row.GetChar(2), row.GetInt32(3), row.Number(4),
            (ObservationStatus)row.GetInt16(5), (VerificationState)row.GetInt16(6), row.GetInt64(7),
            row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9), row.Text(10), ImmutableCollectionsMarshal.AsImmutableArray(recent));
    }

    private static HeadRow Row(int series, SeriesHead head)
    {
        var keys = new DateTimeOffset[head.Recent.Length];
        var values = new decimal?[head.Recent.Length];
        for (var i = 0; i < keys.Length; i++) (keys[i], values[i]) = head.Recent[i];
        return new HeadRow
        {
            SeriesId = series,
            TimeKey = head.TimeKey,
            Rhythm = head.Rhythm,
            Revision = head.Revision,
            Value = head.Value,
            Status = (short)head.Status,
            Verification = (short)head.Verification,
            Seq = head.Seq,
            RecordedAt = head.RecordedAt,
            ReceivedAt = head.ReceivedAt,
            Note = head.Note,
            RecentKeys = keys,
            RecentValues = values,
        };
    }
}
