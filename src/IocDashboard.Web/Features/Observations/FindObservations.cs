using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>A question about figures. Every bound may be absent.</summary>
/// <param name="Series">In the order of the answer; only what the asker may read.</param>
/// <param name="From">Periods and measurements that begin at or after it.</param>
/// <param name="Before">Periods and measurements that begin before it.</param>
/// <param name="AsOf">What the centre knew at this instant; null: what it knows now.</param>
/// <param name="History">Every revision, and not only the one that holds.</param>
/// <param name="UpdatedAfter">Only what was recorded after it; the answer is then in the order of recording, so that a copy can be kept up to date.</param>
public sealed record ObservationQuestion(
    IReadOnlyList<Series> Series, DateTimeOffset? From, DateTimeOffset? Before, DateTimeOffset? AsOf, bool History,
    DateTimeOffset? UpdatedAfter, int Limit, ObservationPlace? After);

/// <summary>One row of <c>observation</c>. <see cref="Rhythm"/> is the letter of its period's rhythm, <c>I</c> for a measurement.</summary>
public sealed record ObservationRow(
    Series Series, DateTimeOffset TimeKey, char Rhythm, int Revision, decimal? Value, ObservationStatus Status,
    VerificationState Verification, DateTimeOffset RecordedAt, long Seq)
{
    public ObservationPlace Place => new(Series.Indicator, Series.Area, TimeKey, Revision, Seq, RecordedAt);
}

/// <summary>Where an answer stopped: the next one begins after it, whatever was recorded in between.</summary>
public sealed record ObservationPlace(string Indicator, string Area, DateTimeOffset TimeKey, int Revision, long Seq, DateTimeOffset RecordedAt);

/// <summary>
/// Reads the bitemporal table by its indexes: series by series, newest time first, or in the order of recording. Never a stream,
/// never an aggregate; a page costs what it shows, however long the past is.
/// </summary>
public sealed class FindObservations(NpgsqlDataSource database)
{
    // A rule's cut opens a report up to a month before its civil period: nothing that begins later than this was known at an instant.
    private static readonly TimeSpan KnownAhead = TimeSpan.FromDays(62);

    private static readonly DateTimeOffset Ever = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Columns = "o.time_key, o.rhythm, o.revision, o.value, o.status, o.verification, o.recorded_at, o.seq";

    // Each series is read on its own by (series_id, time_key desc, revision desc) until the page is full; ordinality gives the
    // planner the outer order, so nothing is sorted but the few revisions of one instant.
    private static readonly string BySeries = Series(newest: false), BySeriesNewest = Series(newest: true);

    // By (recorded_at, seq); a later revision of the same instant makes a row outdated.
    private static readonly string ByRecording = Recording(newest: false), ByRecordingNewest = Recording(newest: true);

    /// <returns>At most the limit, and whether there is more.</returns>
    public async Task<(List<ObservationRow> Rows, bool More)> Handle(ObservationQuestion question, CancellationToken cancellation)
    {
        var rows = new List<ObservationRow>();
        var series = question.UpdatedAfter is null ? Remaining(question) : question.Series;
        if (series.Count == 0) return (rows, false);
        await using var command = database.CreateCommand(Sentence(question));
        command.Parameters.AddRange(question.UpdatedAfter is null ? SeriesParameters(question, series) : RecordingParameters(question, series));
        var byId = series.ToDictionary(s => s.Id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(new(
                byId[reader.GetInt32(0)], reader.GetFieldValue<DateTimeOffset>(1), reader.GetChar(2), reader.GetInt32(3), reader.Number(4),
                (ObservationStatus)reader.GetInt16(5), (VerificationState)reader.GetInt16(6), reader.GetFieldValue<DateTimeOffset>(7), reader.GetInt64(8)));
        }

        if (rows.Count <= question.Limit) return (rows, false);
        rows.RemoveAt(rows.Count - 1);
        return (rows, true);
    }

    private static string Sentence(ObservationQuestion question) => question.UpdatedAfter is null
        ? question.History ? BySeries : BySeriesNewest
        : question.History ? ByRecording : ByRecordingNewest;

    /// <summary>From the series where the page before stopped.</summary>
    private static IReadOnlyList<Series> Remaining(ObservationQuestion question)
    {
        if (question.After is not { } after) return question.Series;
        return [.. question.Series.SkipWhile(s => Compare(s, after) < 0)];
    }

    private static int Compare(Series series, ObservationPlace place)
    {
        var byIndicator = string.CompareOrdinal(series.Indicator, place.Indicator);
        return byIndicator != 0 ? byIndicator : string.CompareOrdinal(series.Area, place.Area);
    }

    private static NpgsqlParameter[] SeriesParameters(ObservationQuestion question, IReadOnlyList<Series> series)
    {
        var before = question.Before ?? Ever;
        if (question.AsOf is { } asOf && asOf + KnownAhead < before) before = asOf + KnownAhead;

        // Only the first series may have been begun by the page before.
        var begun = question.After is { } after && Compare(series[0], after) == 0 ? after : null;
        return
        [
            Sql.Of([.. series.Select(s => s.Id)]), Sql.Of(question.From ?? DateTimeOffset.MinValue), Sql.Of(before), Sql.Of(question.AsOf ?? Ever),
            Sql.Of(begun?.TimeKey ?? Ever), Sql.Of(question.History ? begun?.Revision ?? 0 : 0), Sql.Of(question.History ? begun?.Seq ?? 0 : 0),
            Sql.Of(question.Limit + 1),
        ];
    }

    private static NpgsqlParameter[] RecordingParameters(ObservationQuestion question, IReadOnlyList<Series> series) =>
    [
        Sql.Of([.. series.Select(s => s.Id)]), Sql.Of(question.From ?? DateTimeOffset.MinValue), Sql.Of(question.Before ?? Ever), Sql.Of(question.AsOf ?? Ever),
        Sql.Of(question.After?.RecordedAt ?? question.UpdatedAfter), Sql.Of(question.After?.Seq ?? long.MaxValue),
        Sql.Of(question.After is { } a ? IdOf(question.Series, a) : int.MaxValue), Sql.Of(question.After?.TimeKey ?? Ever),
        Sql.Of(question.Limit + 1),
    ];

    private static int IdOf(IReadOnlyList<Series> series, ObservationPlace place) =>
        series.FirstOrDefault(s => Compare(s, place) == 0)?.Id ?? int.MaxValue;

    private static string Series(bool newest) => $"""
        select s.id, {Columns}
        from unnest($1) with ordinality as s (id, place)
        cross join lateral (
            select {(newest ? "distinct on (o.time_key, o.rhythm)" : "")} {Columns}
            from observation o
            where o.series_id = s.id and o.time_key >= $2 and o.time_key < $3
                and o.time_key <= case when s.place = 1 then $5 else 'infinity' end
                and (s.place > 1 or o.time_key < $5 or (o.revision, o.seq) < ($6, $7))
                and o.recorded_at <= $4
            order by o.time_key desc, {(newest ? "o.rhythm, " : "")}o.revision desc, o.seq desc
            limit $8) o
        order by s.place, o.time_key desc, o.revision desc, o.seq desc
        limit $8
        """;

    private static string Recording(bool newest) => $"""
        select o.series_id, {Columns}
        from observation o
        where o.series_id = any($1) and o.time_key >= $2 and o.time_key < $3 and o.recorded_at <= $4
            and o.recorded_at >= $5 and (o.recorded_at, o.seq, o.series_id, o.time_key) > ($5, $6, $7, $8)
            {(newest ? """
                and not exists (
                    select from observation n
                    where n.series_id = o.series_id and n.time_key = o.time_key and n.rhythm = o.rhythm
                        and (n.revision, n.seq) > (o.revision, o.seq) and n.recorded_at <= $4)
                """ : "")}
        order by o.recorded_at, o.seq, o.series_id, o.time_key
        limit $9
        """;
}
