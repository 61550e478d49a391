using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>A figure that was replaced: what stood, what stands instead, who said so and why.</summary>
/// <param name="Rhythm">The letter of its period's rhythm, <c>I</c> for a measurement.</param>
/// <param name="At">When the revision was recorded.</param>
/// <param name="Reason">Null where nobody said.</param>
/// <param name="Report">Key of the report; null for a measurement.</param>
public sealed record ChangedFigure(
    Series Series, DateTimeOffset TimeKey, char Rhythm, int Revision, decimal? Before, ObservationStatus BeforeStatus, decimal? After,
    ObservationStatus AfterStatus, VerificationState Verification, DateTimeOffset At, long Seq, string? Reason, string? By, string? Report)
{
    /// <summary>Null where one of the two is missing.</summary>
    public decimal? Difference => After - Before;
}

/// <summary>Where a page stopped.</summary>
public sealed record ChangePlace(DateTimeOffset At, long Seq, int Series, DateTimeOffset TimeKey);

/// <summary>
/// What was revised between two instants, newest first: by the index of recordings, each with the revision that it replaced and with
/// the event that did it.
/// </summary>
public sealed class FindChanges(NpgsqlDataSource database)
{
    /// <param name="series">Only what the asker may read.</param>
    /// <param name="until">What was known at this instant; null: now.</param>
    /// <returns>At most the limit, and whether there is more.</returns>
    public async Task<(List<ChangedFigure> Changes, bool More)> Handle(
        IReadOnlyCollection<Series> series, DateTimeOffset since, DateTimeOffset? until, int limit, ChangePlace? after, CancellationToken cancellation)
    {
        if (series.Count == 0) return ([], false);
        await using var command = database.CreateCommand($"""
            select o.series_id, o.time_key, o.rhythm, o.revision, b.value, b.status, o.value, o.status,
                (select l.verification from observation l where l.series_id = o.series_id and l.time_key = o.time_key and l.rhythm = o.rhythm
                    and l.revision = o.revision and ($3::timestamptz is null or l.recorded_at <= $3) order by l.seq desc limit 1),
                o.recorded_at, o.seq, e.data ->> 'Reason', coalesce(e.data ->> 'SubmittedBy', e.data ->> 'By'), e.stream_id
            from observation o
            cross join lateral (
                select p.value, p.status from observation p
                where p.series_id = o.series_id and p.time_key = o.time_key and p.rhythm = o.rhythm and p.revision < o.revision
                order by p.revision desc, p.seq desc limit 1) b
            left join history.mt_events e on e.seq_id = o.seq
            where o.recorded_at > $2 and ($3::timestamptz is null or o.recorded_at <= $3) and o.revision > 1 and o.series_id = any($1)
                and not exists (select from observation f where f.series_id = o.series_id and f.time_key = o.time_key and f.rhythm = o.rhythm
                    and f.revision = o.revision and f.seq < o.seq)
                {(after is null ? "" : "and (o.recorded_at, o.seq, o.series_id, o.time_key) < ($5, $6, $7, $8)")}
            order by o.recorded_at desc, o.seq desc, o.series_id desc, o.time_key desc limit $4
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of([.. series.Select(s => s.Id)]), Sql.Of(since), Sql.Of(until), Sql.Of(limit + 1)]);
        if (after is { } place) command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(place.At), Sql.Of(place.Seq), Sql.Of(place.Series), Sql.Of(place.TimeKey)]);
        var byId = series.ToDictionary(s => s.Id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<ChangedFigure>();
        while (await reader.ReadAsync(cancellation))
        {
            var rhythm = reader.GetChar(2);
            found.Add(new(
                byId[reader.GetInt32(0)], reader.GetFieldValue<DateTimeOffset>(1), rhythm, reader.GetInt32(3), reader.Number(4), (ObservationStatus)reader.GetInt16(5),
                reader.Number(6), (ObservationStatus)reader.GetInt16(7), (VerificationState)reader.GetInt16(8), reader.GetFieldValue<DateTimeOffset>(9), reader.GetInt64(10),
                reader.Text(11), reader.Text(12), rhythm == Observed.Measured ? null : reader.Text(13)));
        }

        if (found.Count <= limit) return (found, false);
        found.RemoveAt(limit);
        return (found, true);
    }
}
