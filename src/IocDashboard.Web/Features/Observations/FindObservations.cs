using System.Globalization;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>
/// Reads the bitemporal table series by series, newest time first, by its index over series and time. Never a stream, never an
/// aggregate: a page costs what it shows, however long the past is.
/// </summary>
public sealed class FindObservations(NpgsqlDataSource database)
{
    // How much of each series one statement over many takes. The planner knows the average series and not the longest: a higher
    // number would make it sort the whole of a long stream in order to take its first rows.
    private const int OfEachSeries = 100;

    /// <returns>At most the limit, and whether there is more.</returns>
    public async Task<(List<ObservationRow> Rows, bool More)> Handle(ObservationQuestion question, CancellationToken cancellation)
    {
        var rows = new List<ObservationRow>();
        var series = question.After is { } after ? [.. question.Series.SkipWhile(s => after.Compare(s) < 0)] : question.Series;
        var wanted = question.Limit + 1;
        if (series.Count > 0 && (series.Count == 1 || question.After?.Compare(series[0]) == 0))
        {
            var begun = question.After?.Compare(series[0]) == 0 ? question.After : null;
            rows = await ReadOne(question, series[0], begun, wanted, cancellation);
            series = [.. series.Skip(1)];
        }

        if (rows.Count < wanted && series.Count > 0) await ReadMany(question, series, wanted, rows, cancellation);
        if (rows.Count <= question.Limit) return (rows, false);
        rows.RemoveRange(question.Limit, rows.Count - question.Limit);
        return (rows, true);
    }

    /// <summary>The rest of one series. Its id is written into the statement, so that it is planned by what is known of this very series.</summary>
    private Task<List<ObservationRow>> ReadOne(
        ObservationQuestion question, Series series, ObservationPlace? after, int limit, CancellationToken cancellation)
    {
        var statement = new ObservationStatement(question);
        if (after is not null)
        {
            var time = statement.Add(Sql.Of(after.TimeKey));
            if (question.History)
                statement.Where($"o.time_key <= {time} and (o.time_key < {time} or (o.revision, o.seq) < ({statement.Add(Sql.Of(after.Revision))}, {statement.Add(Sql.Of(after.Seq))}))");
            else
                statement.Where($"o.time_key < {time}");
        }

        var sql = $"""
            select {Distinct(question)} {ObservationStatement.Columns} from observation o
            where o.series_id = {series.Id.ToString(CultureInfo.InvariantCulture)}{statement.Conditions}
            order by {Order(question)} limit {statement.Add(Sql.Of(limit))}
            """;
        return statement.ReadAsync(database, sql, _ => series, cancellation);
    }

    /// <summary>A little of each series until the page is full; a series that had more is read on by itself.</summary>
    private async Task ReadMany(ObservationQuestion question, IReadOnlyList<Series> series, int wanted, List<ObservationRow> rows, CancellationToken cancellation)
    {
        var statement = new ObservationStatement(question);
        var byId = series.ToDictionary(s => s.Id);
        var ofEach = Math.Min(OfEachSeries, wanted - rows.Count);

        // Ordinality gives the planner the outer order, so that it stops as soon as the page is full.
        var sql = $"""
            select o.* from unnest({statement.Add(Sql.Of([.. series.Select(s => s.Id)]))}) with ordinality as s (id, place)
            cross join lateral (
                select {Distinct(question)} {ObservationStatement.Columns} from observation o
                where o.series_id = s.id{statement.Conditions}
                order by {Order(question)} limit {statement.Add(Sql.Of(ofEach))}) o
            order by s.place, o.time_key desc, o.revision desc, o.seq desc limit {statement.Add(Sql.Of(wanted - rows.Count))}
            """;
        foreach (var group in (await statement.ReadAsync(database, sql, id => byId[id], cancellation)).GroupBy(r => r.Series))
        {
            if (rows.Count >= wanted) return;
            List<ObservationRow> first = [.. group];
            rows.AddRange(first);
            if (first.Count == ofEach && rows.Count < wanted)
                rows.AddRange(await ReadOne(question, group.Key, first[^1].Place, wanted - rows.Count, cancellation));
        }
    }

    private static string Distinct(ObservationQuestion question) => question.History ? "" : "distinct on (o.time_key, o.rhythm)";

    private static string Order(ObservationQuestion question) =>
        question.History ? "o.time_key desc, o.revision desc, o.seq desc" : "o.time_key desc, o.rhythm, o.revision desc, o.seq desc";
}
