using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Governance;

/// <summary>
/// Obligations are opened some periods ahead. Those of periods under a set that is decided to change, and that nobody has touched, are
/// taken back with an event and opened anew as the set then asks. What anybody began, sent or missed stays as it is.
/// </summary>
internal sealed class ReleasedReports(IDocumentStore history, ProvinceTime time)
{
    public async Task ReleaseAsync(NpgsqlTransaction transaction, CatalogueSnapshot before, IndicatorVersion version, DateTimeOffset now, CancellationToken cancellation)
    {
        var forms = new[] { before.Book.At(version.Code, version.From)?.Indicator, version.Indicator }.OfType<Indicator>().Where(i => !i.Rhythm.IsStreamed())
            .Select(i => (Code: Assignments.CodeOf(i.Agency, i.Rhythm), i.Agency)).Distinct().OrderBy(f => f.Code, StringComparer.Ordinal).ToList();
        if (forms.Count == 0) return;
        var ids = await FindAsync(transaction, forms, time.StartOf(version.From), cancellation);
        if (ids.Count == 0) return;
        await history.AppendAsync(transaction, ids.Select(id => (id, (object)new ReportReleased(version.Decision!.Document, now))), cancellation);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new("delete from report where id = any($1)") { Parameters = { Sql.Of([.. ids.Select(i => (string?)i)]) } },
                // Steps of a report that is no more would come due for ever; one that is opened anew has them laid out anew.
                new("delete from report_step where report = any($1) and done_at is null") { Parameters = { Sql.Of([.. ids.Select(i => (string?)i)]) } },
                ChangeRow.Put(now, reports: [.. ids]),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<List<string>> FindAsync(NpgsqlTransaction transaction, List<(string Code, string Agency)> forms, DateTimeOffset from, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var (code, agency) in forms) batch.BatchCommands.Add(WriteLock.Take(WriteLock.OfReports(code, agency)));
        batch.BatchCommands.Add(new("""
            select id from report where form = any($1) and time_key >= $2 and state = 0 and revision = 0 and submitted_at is null and overdue_since is null
            order by id for update
            """) { Parameters = { Sql.Of([.. forms.Select(f => (string?)f.Code)]), Sql.Of(from) } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        do
        {
            while (await reader.ReadAsync(cancellation))
                if (reader.GetName(0) == "id") ids.Add(reader.GetString(0));
        }
        while (await reader.NextResultAsync(cancellation));
        return ids;
    }
}
