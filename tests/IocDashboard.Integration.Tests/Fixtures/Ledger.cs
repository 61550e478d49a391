using System.Data;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.Reporting;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Fixtures;

/// <summary>
/// Derives every row anew from the events alone and compares it with what the tables hold: reports, observations, current
/// values, feeds, messages. What differs is named.
/// </summary>
public sealed class Ledger
{
    private sealed record Row(
        int Series, DateTimeOffset TimeKey, char Rhythm, int Revision, decimal? Value, ObservationStatus Status,
        VerificationState Verification, bool Head, long Seq, DateTimeOffset RecordedAt, DateTimeOffset ReceivedAt, string? Note);

    private readonly CatalogueSnapshot _catalogue;
    private readonly Dictionary<string, Report> _reports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeedHealth> _feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Series, DateTimeOffset TimeKey, char Rhythm), Row> _newest = [];
    private readonly Dictionary<int, SeriesHead> _heads = [];
    private readonly List<Row> _rows = [];
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);

    private Ledger(CatalogueSnapshot catalogue) => _catalogue = catalogue;

    /// <summary>Number of submissions and of measurements in the history.</summary>
    public static async Task<(int Submissions, int Measurements)> ShouldAgreeAsync(IServiceProvider services)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        var catalogue = await services.GetRequiredService<CatalogueLoader>().LoadAsync(CancellationToken.None);
        // Jobs go on writing: events and rows are read in one snapshot.
        await using var connection = await database.OpenConnectionAsync();
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        await using var session = services.GetRequiredService<IDocumentStore>().LightweightSession(Marten.Services.SessionOptions.ForTransaction(snapshot));
        var events = await session.Events.QueryAllRawEvents().OrderBy(e => e.Sequence).ToListAsync();
        var ledger = new Ledger(catalogue);
        foreach (var e in events) ledger.Apply(e.StreamKey!, e.Data, e.Sequence);
        await ledger.CompareAsync(snapshot);
        return (events.Count(e => e.Data is ReportSubmitted), events.Select(e => e.Data).OfType<MeasurementsReceived>().Sum(m => m.Measurements.Length));
    }

    private void Apply(string stream, object @event, long seq)
    {
        switch (@event)
        {
            case ReportOpened opened:
                _reports.Add(stream, Report.Create(opened));
                return;
            case ReportSubmitted submitted:
                _messages.Add($"{_reports[stream].Agency} {submitted.MessageId}").ShouldBeTrue($"message twice: {submitted.MessageId}");
                if (submitted.Complete) Observe(_reports[stream], submitted, seq);
                break;
            case ReportVerified verified:
                Review(_reports[stream], verified.At, seq, (_, _) => VerificationState.Verified);
                break;
            case ReportReturned returned:
                Review(_reports[stream], returned.At, seq, (indicator, area) =>
                    returned.Reasons.Any(r => r.Indicator == indicator && r.Area == area) ? VerificationState.Returned
                    : returned.Accepted.Contains(new(indicator, area)) ? VerificationState.Verified : null);
                break;
            case MeasurementsReceived received:
                Observe(received, seq);
                break;
            case FeedFellLate late:
                _feeds[late.Feed] = Feed(late.Feed, late.At).Apply(late);
                return;
            case FeedWasLost lost:
                _feeds[lost.Feed] = Feed(lost.Feed, lost.At).Apply(lost);
                return;
            case FeedResumed resumed:
                _feeds[resumed.Feed] = Feed(resumed.Feed, resumed.At).Apply(resumed);
                return;
            case FeedPaused paused:
                _feeds[paused.Feed] = Feed(paused.Feed, paused.At).Apply(paused, RuleOf(paused.Feed));
                return;
            case FeedPauseEnded ended:
                _feeds[ended.Feed] = Feed(ended.Feed, ended.At).Apply(ended, RuleOf(ended.Feed));
                return;
        }

        if (_reports.TryGetValue(stream, out var report)) _reports[stream] = report.Apply(@event);
    }

    private void Observe(Report report, ReportSubmitted submitted, long seq)
    {
        var series = submitted.Values.Select(v => Series(v.Indicator, v.Area)).ToList();
        var recordedAt = RecordedAt(submitted.ReceivedAt, series);
        foreach (var cell in submitted.Values)
        {
            var id = Series(cell.Indicator, cell.Area);
            var known = _newest.GetValueOrDefault((id, report.StartsAt, Letter(report)));
            var same = known is not null && known.Value == cell.Value && known.Status == cell.Status && known.Note == cell.Note;
            if (same && known!.Verification != VerificationState.Returned) continue;
            var revision = known is null ? 1 : same ? known.Revision : known.Revision + 1;
            var receivedAt = same ? known!.ReceivedAt : recordedAt;
            Add(id, new(report.StartsAt, Letter(report), revision, cell.Value, cell.Status, VerificationState.Unverified, seq, recordedAt, cell.Note) { ReceivedAt = receivedAt });
        }
    }

    private void Review(Report report, DateTimeOffset at, long seq, Func<string, string, VerificationState?> verificationOf)
    {
        var form = _catalogue.Forms[report.Form];
        var cells = form.Indicators.SelectMany(i => i.Areas, (i, area) => (Indicator: i.Code, Area: area)).ToList();
        var recordedAt = RecordedAt(at, cells.Select(c => Series(c.Indicator, c.Area)));
        foreach (var (indicator, area) in cells)
        {
            var id = Series(indicator, area);
            if (!_newest.TryGetValue((id, report.StartsAt, Letter(report)), out var known)) continue;
            if (verificationOf(indicator, area) is { } verification && verification != known.Verification)
                Add(id, new(report.StartsAt, Letter(report), known.Revision, known.Value, known.Status, verification, seq, recordedAt, known.Note) { ReceivedAt = known.ReceivedAt });
        }
    }

    private void Observe(MeasurementsReceived received, long seq)
    {
        var recordedAt = RecordedAt(received.ReceivedAt, received.Measurements.Select(m => Series(m.Indicator, m.Area)));
        foreach (var m in received.Measurements)
        {
            var id = Series(m.Indicator, m.Area);
            var known = _newest.GetValueOrDefault((id, m.At, Observed.Measured));
            known?.Value.ShouldNotBe(m.Value, "a duplicate was recorded");
            Add(id, new(m.At, Observed.Measured, (known?.Revision ?? 0) + 1, m.Value, ObservationStatus.Final,
                received.VerifiedByRule ? VerificationState.Verified : VerificationState.Unverified, seq, recordedAt, null));
        }

        _feeds[received.Feed] = Feed(received.Feed, received.ReceivedAt).Apply(received, RuleOf(received.Feed));
    }

    private void Add(int series, Observed observed)
    {
        var (head, isHead) = SeriesHead.Fold(_heads.GetValueOrDefault(series), observed);
        _heads[series] = head;
        var row = new Row(series, observed.TimeKey, observed.Rhythm, observed.Revision, observed.Value, observed.Status, observed.Verification, isHead, observed.Seq, observed.RecordedAt, observed.ReceivedAt, observed.Note);
        _newest[(series, observed.TimeKey, observed.Rhythm)] = row;
        _rows.Add(row);
    }

    private async Task CompareAsync(NpgsqlTransaction snapshot)
    {
        // From 9,000,000 on are rows that a test of reading wrote beside all events.
        var rows = await ReadAsync(snapshot, "select series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at, coalesce(received_at, recorded_at), note from observation where seq < 9000000", r => new Row(
            r.GetInt32(0), r.GetFieldValue<DateTimeOffset>(1), r.GetChar(2), r.GetInt32(3), Number(r, 4), (ObservationStatus)r.GetInt16(5),
            (VerificationState)r.GetInt16(6), r.GetBoolean(7), r.GetInt64(8), r.GetFieldValue<DateTimeOffset>(9),
            r.GetFieldValue<DateTimeOffset>(10), r.IsDBNull(11) ? null : r.GetString(11)));
        Compare("observation", _rows, rows);

        await using (var batch = new NpgsqlBatch(snapshot.Connection, snapshot) { BatchCommands = { HeadRows.Find([.. _catalogue.SeriesById.Keys]) } })
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            var heads = await HeadRows.ReadAsync(reader, CancellationToken.None);
            Compare("current_value", _heads.Select(h => Text(h.Key, h.Value)), heads.Select(h => Text(h.Key, h.Value)));
        }

        Compare("report", _reports.Values, await ReadAsync(snapshot, $"select {ReportRows.Columns} from report", ReportRows.Read));
        Compare("message", _messages, await ReadAsync(snapshot, "select agency || ' ' || message_id from message", r => r.GetString(0)));
        Compare("feed_state", _feeds.Values.Select(f => (f.Feed, f.State, f.LastAt, f.LastReceivedAt)),
            (await ReadAsync(snapshot, "select feed, state, last_at, last_received_at, late_at, lost_at, since, pauses, plain_late_at, plain_lost_at from feed_state", FeedStateRows.Read))
                .Where(f => _feeds.ContainsKey(f.Feed)).Select(f => (f.Feed, f.State, f.LastAt, f.LastReceivedAt)));
    }

    private static void Compare<T>(string table, IEnumerable<T> expected, IEnumerable<T> actual)
    {
        var (wanted, found) = (expected.ToHashSet(), actual.ToList());
        found.Count.ShouldBe(found.Distinct().Count(), $"{table} holds a row twice");
        Nothing(found.Where(f => !wanted.Contains(f)), $"{table} holds rows that follow from no event");
        Nothing(wanted.Except(found), $"{table} lacks rows that follow from events");
    }

    private static void Nothing<T>(IEnumerable<T> rows, string what)
    {
        var all = rows.ToList();
        if (all.Count > 0) Assert.Fail($"{what}: {all.Count}, such as {string.Join("\n", all.Take(3))}");
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlTransaction snapshot, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = new NpgsqlCommand(sql, snapshot.Connection, snapshot);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }

    private static string Text(int series, SeriesHead head) =>
        $"{series} {head with { Recent = [] }} [{string.Join(", ", head.Recent.Select(p => $"{p.Key:O}={p.Value}"))}]";

    private FeedHealth Feed(string code, DateTimeOffset at) => _feeds.GetValueOrDefault(code)
        ?? FeedHealth.Registered(code, RuleOf(code), at);

    private StreamRule RuleOf(string feed) => (StreamRule)DeadlineRule.Parse(_catalogue.Feeds[feed].Rule);

    private DateTimeOffset RecordedAt(DateTimeOffset at, IEnumerable<int> series) =>
        series.Select(s => _heads.TryGetValue(s, out var head) ? head.RecordedAt : at).Append(at).Max();

    private int Series(string indicator, string area) => _catalogue.SeriesByKey[(indicator, area)].Id;

    private static char Letter(Report report) => report.Period.Rhythm.ToString()[0] is 'H' ? 'S' : report.Period.Rhythm.ToString()[0];

    private static decimal? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);
}
