using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Obligations;

/// <summary>
/// Opens the reports that are owed, from the forms' assignments and not from anybody's reporting: an agency that never spoke
/// owes as much as one that always did. Every period from the assignment's first day through the last that people plan for (<see cref="IocSettings.PeriodsAhead"/>); what is open
/// already is left alone, so it may run at any time, on any node, and after any pause.
/// </summary>
public sealed class OpenObligations(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogue, CommitSignal signal, ProvinceTime time, TimeProvider clock,
    IocSettings settings, ILogger<OpenObligations> logger)
{
    // Long enough to amortise a commit, short enough that a submission of the same form hardly waits.
    private const int ReportsInTransaction = 200;

    /// <returns>How many reports were opened.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        var snapshot = catalogue.Current;
        var owed = snapshot.FormList.Select(form => (Form: form, Periods: PeriodsOf(snapshot, form, time.DayOf(now)))).Where(o => o.Periods.Count > 0).ToList();
        var opened = 0;
        foreach (var (form, periods) in await WithoutComplete(owed, cancellation))
        {
            foreach (var chunk in periods.Chunk(ReportsInTransaction)) opened += await Open(snapshot, form, chunk, now, cancellation);
        }

        if (opened > 0) logger.LogInformation("Opened {Reports} reports", opened);
        return opened;
    }

    /// <summary>Those in which the form asks for anything, by the set of each.</summary>
    private List<ReportingPeriod> PeriodsOf(CatalogueSnapshot snapshot, Form form, DateOnly today)
    {
        var last = ReportingPeriod.Containing(form.Rhythm, today);
        for (var i = 0; i < settings.PeriodsAhead; i++) last = last.Next;
        var period = ReportingPeriod.Containing(form.Rhythm, form.AssignedFrom);
        if (period.FirstDay < form.AssignedFrom) period = period.Next;
        var periods = new List<ReportingPeriod>();
        for (; period <= last; period = period.Next)
            if (snapshot.At(period.FirstDay).Forms.TryGetValue(form.Code, out var then) && !then.Indicators.IsEmpty) periods.Add(period);
        return periods;
    }

    /// <summary>One index-only count a form tells the usual case, that nothing is missing, apart.</summary>
    private async Task<List<(Form Form, List<ReportingPeriod> Periods)>> WithoutComplete(
        List<(Form Form, List<ReportingPeriod> Periods)> owed, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select (select count(*) from report r where r.form = o.form and r.time_key between o.first and o.last)::int
            from unnest($1, $2, $3) with ordinality as o (form, first, last, place) order by o.place
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            Sql.Of([.. owed.Select(o => (string?)o.Form.Code)]),
            Sql.Of([.. owed.Select(o => time.StartOf(o.Periods[0].FirstDay))]),
            Sql.Of([.. owed.Select(o => time.StartOf(o.Periods[^1].FirstDay))]),
        ]);
        var incomplete = new List<(Form, List<ReportingPeriod>)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        foreach (var form in owed)
        {
            await reader.ReadAsync(cancellation);
            if (reader.GetInt32(0) < form.Periods.Count) incomplete.Add(form);
        }

        return incomplete;
    }

    private async Task<int> Open(CatalogueSnapshot snapshot, Form form, ReportingPeriod[] periods, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var open = await AlreadyOpen(transaction, form, periods, cancellation);
        var missing = periods.Where(p => !open.Contains(ReportKey.Of(form.Code, form.Agency, p))).ToList();
        if (missing.Count == 0) return 0;

        var events = missing.Select(p => OpenedBy(snapshot.At(p.FirstDay), p)).ToList();
        var reports = events.Select(Report.Create).ToList();
        await history.AppendAsync(transaction, reports.Zip(events, (report, opened) => (report.Id, (object)opened)), cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var report in reports) batch.BatchCommands.Add(ReportRows.Put(report, figures: null, now));
        batch.BatchCommands.Add(ChangeRow.Put(now, reports: [.. reports.Select(r => r.Id)]));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Pulse();
        return reports.Count;

        ReportOpened OpenedBy(CatalogueSnapshot then, ReportingPeriod period) =>
            ReportSchedule.Open(then.Forms[form.Code], period, then.Indicators, then.CalendarOf(form.Agency), time, now, then.TermsOf(form.Code));
    }

    private static async Task<HashSet<string>> AlreadyOpen(
        NpgsqlTransaction transaction, Form form, ReportingPeriod[] periods, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                WriteLock.Take(WriteLock.OfReports(form.Code, form.Agency)),
                new("select id from report where id = any($1)")
                {
                    Parameters = { Sql.Of([.. periods.Select(p => (string?)ReportKey.Of(form.Code, form.Agency, p))]) },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var open = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) open.Add(reader.GetString(0));
        return open;
    }
}
