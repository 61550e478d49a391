using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Feeds;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Demo.History;

/// <summary>
/// Fills an empty database with illustrative history, in one transaction: a load that was cut off has left nothing, and the
/// next start begins again. Runs before anything else writes.
/// </summary>
internal sealed class LoadHistory(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock, ILogger<LoadHistory> logger)
{
    /// <summary>Key in table <c>installation</c>: every screen then says that its figures are illustrative.</summary>
    public const string Mark = "illustrative";

    // Batches that wait for the database; more would only cost memory.
    private const int BatchesAhead = 4;

    /// <summary>Nothing was ever reported, measured or set up here. The catalogue alone does not count: it comes with the program.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellation) => await AskAsync("""
        select not exists (select from ioc.observation) and not exists (select from ioc.report) and not exists (select from ioc.message)
            and not exists (select from ioc.machine_key) and not exists (select from identity.account) and not exists (select from ioc.focal_point)
        """, cancellation);

    public Task<bool> IsIllustrativeAsync(CancellationToken cancellation) =>
        AskAsync($"select exists (select from ioc.installation where key = '{Mark}' and value = 'true')", cancellation);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var now = Micros.Truncate(clock.GetUtcNow());
        var snapshot = catalogue.Current;
        var stage = new Stage(snapshot, new FigureModel(snapshot.Calendar, time), time, now);
        var happenings = Happenings(stage);

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var rows = new HistoryRows(stage, await LastSequence(connection, cancellation));
        Copy(new HistoryCopy(connection, history), rows, happenings, cancellation);
        await Finish(connection, rows, new FeedStory(stage).Kept, now, cancellation);
        await transaction.CommitAsync(CancellationToken.None);

        await using var analyze = database.CreateCommand("analyze ioc.observation, ioc.report, ioc.current_value, history.mt_events, history.mt_streams");
        await analyze.ExecuteNonQueryAsync(cancellation);
        logger.LogInformation("Loaded illustrative history: {Reports} reports, {Events} events, {Series} series in {Seconds:0.0} s",
            rows.Reports.Count, happenings.Count, rows.Heads.Count, watch.Elapsed.TotalSeconds);
    }

    /// <summary>All that has happened by now, in order of time.</summary>
    internal static List<Happening> Happenings(Stage stage)
    {
        var since = stage.Catalogue.FormList.IsEmpty ? stage.Time.DayOf(stage.Now) : stage.Catalogue.FormList.Min(f => f.AssignedFrom);
        var reports = new ReportStory(stage);
        var feeds = new FeedStory(stage);
        return
        [
            .. stage.Catalogue.FormList.SelectMany(reports.Of)
                .Concat(stage.Catalogue.FeedList.SelectMany(f => feeds.Of(f, since)))
                .OrderBy(h => h.At),
        ];
    }

    // One core draws the figures while the other takes them in.
    private static void Copy(HistoryCopy copy, HistoryRows rows, List<Happening> happenings, CancellationToken cancellation)
    {
        copy.Streams(happenings.GroupBy(h => h.Stream).Select(g => (g.Key, (long)g.Count(), g.First().At, g.Last().At)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ready = new BlockingCollection<HistoryBatch>(BatchesAhead);
        var drawing = Task.Run(() =>
        {
            try
            {
                foreach (var batch in rows.Play(happenings)) ready.Add(batch, stop.Token);
            }
            finally
            {
                ready.CompleteAdding();
            }
        }, stop.Token);
        try
        {
            foreach (var batch in ready.GetConsumingEnumerable(cancellation))
            {
                copy.Events(batch.Events);
                copy.Observations(batch.Observations);
                copy.Messages(batch.Messages);
            }
        }
        finally
        {
            stop.Cancel();
        }

        drawing.GetAwaiter().GetResult();
        copy.Heads(rows.Heads);
        copy.Reports(rows.Reports.Values);
    }

    // The first number after the catalogue's own events. Nothing else appends yet, so no number can be taken twice.
    private static async Task<long> LastSequence(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(seq_id), 0) from history.mt_events", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task Finish(
        NpgsqlConnection connection, HistoryRows rows, ImmutableArray<KeptStep> kept, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("select setval('history.mt_events_sequence', $1)") { Parameters = { new() { Value = rows.LastSeq } } });
        foreach (var health in rows.Feeds.Values) batch.BatchCommands.Add(FeedStateRows.Put(health));
        batch.BatchCommands.Add(KeptSteps.Put(kept));
        batch.BatchCommands.Add(new($"insert into ioc.installation (key, value) values ('{Mark}', 'true') on conflict (key) do update set value = 'true'"));
        batch.BatchCommands.Add(new("insert into ioc.change (series, reports, feeds, catalogue, at) values ('{}', '{}', '{}', true, $1)") { Parameters = { new() { Value = now } } });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<bool> AskAsync(string sql, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(sql);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
