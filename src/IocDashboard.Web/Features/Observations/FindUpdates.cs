using Npgsql;

namespace IocDashboard.Web.Features.Observations;

/// <summary>What was recorded after an instant, in the order of recording: how another system keeps its copy up to date.</summary>
public sealed class FindUpdates(NpgsqlDataSource database)
{
    /// <returns>At most the limit, and whether there is more.</returns>
    public async Task<(List<ObservationRow> Rows, bool More)> Handle(ObservationQuestion question, DateTimeOffset updatedAfter, CancellationToken cancellation)
    {
        if (question.Series.Count == 0) return ([], false);
        var statement = new ObservationStatement(question);
        var byId = question.Series.ToDictionary(s => s.Id);
        if (question.After is { } after)
        {
            // The first comparison is what the index can use.
            var recorded = statement.Add(Sql.Of(after.RecordedAt));
            statement.Where($"o.recorded_at >= {recorded}");
            statement.Where($"""
                (o.recorded_at, o.seq, o.series_id, o.time_key, o.revision)
                    > ({recorded}, {statement.Add(Sql.Of(after.Seq))}, {statement.Add(Sql.Of(IdOf(question, after)))}, {statement.Add(Sql.Of(after.TimeKey))}, {statement.Add(Sql.Of(after.Revision))})
                """);
        }
        else
        {
            statement.Where($"o.recorded_at > {statement.Add(Sql.Of(updatedAfter))}");
        }

        var sql = $"""
            select {ObservationStatement.Columns} from observation o
            where o.series_id = any({statement.Add(Sql.Of([.. question.Series.Select(s => s.Id)]))}){statement.Conditions}{OnlyNewest(question, statement)}
            order by o.recorded_at, o.seq, o.series_id, o.time_key, o.revision limit {statement.Add(Sql.Of(question.Limit + 1))}
            """;
        var rows = await statement.ReadAsync(database, sql, id => byId[id], cancellation);
        if (rows.Count <= question.Limit) return (rows, false);
        rows.RemoveAt(question.Limit);
        return (rows, true);
    }

    /// <summary>A later revision of the same period makes a row outdated; in a history, only a later word on the same revision does.</summary>
    private static string OnlyNewest(ObservationQuestion question, ObservationStatement statement)
    {
        var newer = question.History ? "n.revision = o.revision and n.seq > o.seq" : "(n.revision, n.seq) > (o.revision, o.seq)";
        var known = question.AsOf is { } asOf ? $" and n.recorded_at <= {statement.Add(Sql.Of(asOf))}" : "";
        return $"""
             and not exists (
                select from observation n
                where n.series_id = o.series_id and n.time_key = o.time_key and n.rhythm = o.rhythm
                    and {newer}{known})
            """;
    }

    private static int IdOf(ObservationQuestion question, ObservationPlace place) =>
        question.Series.FirstOrDefault(s => place.Compare(s) == 0)?.Id ?? int.MaxValue;
}
