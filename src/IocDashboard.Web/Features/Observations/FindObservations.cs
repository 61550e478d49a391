using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>
/// Reads the bitemporal table series by series, newest time first, by its index over series and time. Never a stream, never an
/// aggregate: a page costs what it shows, however long the past is. Why revisions are sorted here and not in the statement:
/// docs/decisions/0017.
/// </summary>
public sealed class FindObservations(NpgsqlDataSource database)
{
    // Few figures are revised, so a page of rows is a little more than a page of figures.
    private const int Spare = 16;

    // In place of a revision: every revision of that instant has been answered.
    private const int WholeInstant = 0;

    /// <returns>At most the limit, and whether there is more.</returns>
    public async Task<(List<ObservationRow> Rows, bool More)> Handle(ObservationQuestion question, CancellationToken cancellation)
    {
        var found = new List<ObservationRow>();
        var answered = question.After;
        var size = question.Limit + 1 + Spare;
        while (true)
        {
            var rows = await Read(question, answered, size, cancellation);
            var exhausted = rows.Count < size;
            if (!exhausted && !DropLastInstant(rows))
            {
                size *= 2;
                continue;
            }

            foreach (var instant in rows.GroupBy(r => (r.Series, r.TimeKey))) found.AddRange(Answer(instant, question, answered));
            if (found.Count > question.Limit)
            {
                found.RemoveRange(question.Limit, found.Count - question.Limit);
                return (found, true);
            }

            if (exhausted) return (found, false);
            answered = rows[^1].Place with { Revision = WholeInstant };
        }
    }

    private async Task<List<ObservationRow>> Read(ObservationQuestion question, ObservationPlace? answered, int size, CancellationToken cancellation)
    {
        List<Series> series = [.. answered is null ? question.Series : question.Series.SkipWhile(s => answered.Compare(s) < 0)];
        if (series.Count == 0) return [];
        var statement = new ObservationStatement(question);
        if (answered?.Compare(series[0]) == 0)
        {
            // Only a history can have been left amid the revisions of an instant.
            var bound = question.History && answered.Revision != WholeInstant ? "<=" : "<";
            statement.Where($"o.time_key {bound} case when s.place = 1 then {statement.Add(Sql.Of(answered.TimeKey))} else 'infinity' end");
        }

        // Ordinality gives the planner the outer order and the index the inner one, so it stops as soon as the page is full.
        var limit = statement.Add(Sql.Of(size));
        var sql = $"""
            select o.* from unnest({statement.Add(Sql.Of([.. series.Select(s => s.Id)]))}) with ordinality as s (id, place)
            cross join lateral (
                select {ObservationStatement.Columns} from observation o
                where o.series_id = s.id{statement.Conditions}
                order by o.time_key desc, o.revision desc limit {limit}) o
            order by s.place, o.time_key desc, o.revision desc limit {limit}
            """;
        var byId = series.ToDictionary(s => s.Id);
        return await statement.ReadAsync(database, sql, id => byId[id], cancellation);
    }

    /// <summary>A full page may end amid the revisions of one instant. False when it holds nothing else.</summary>
    private static bool DropLastInstant(List<ObservationRow> rows)
    {
        var (series, time) = (rows[^1].Series, rows[^1].TimeKey);
        var first = rows.FindIndex(r => r.Series == series && r.TimeKey == time);
        rows.RemoveRange(first, rows.Count - first);
        return rows.Count > 0;
    }

    /// <summary>
    /// What one instant of a series contributes: the row that holds, or one of each revision, newest first. A revision that was
    /// verified or returned has several rows, of which the last one holds.
    /// </summary>
    private static IEnumerable<ObservationRow> Answer(IEnumerable<ObservationRow> instant, ObservationQuestion question, ObservationPlace? answered)
    {
        var ordered = instant.OrderBy(r => r.Rhythm).ThenByDescending(r => r.Revision).ThenByDescending(r => r.Seq);
        return question.History
            ? ordered.DistinctBy(r => (r.Rhythm, r.Revision)).Where(r => !IsOf(r, answered) || (r.Revision, r.Seq).CompareTo((answered!.Revision, answered.Seq)) < 0)
            : ordered.DistinctBy(r => r.Rhythm);
    }

    private static bool IsOf(ObservationRow row, ObservationPlace? place) =>
        place is not null && row.TimeKey == place.TimeKey && place.Compare(row.Series) == 0;
}
