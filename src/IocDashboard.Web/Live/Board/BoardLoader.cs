using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Feeds;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Live.Board;

/// <summary>Reads current rows into a <see cref="BoardState"/>: everything at start, and only what a change touched afterwards.</summary>
public sealed class BoardLoader(NpgsqlDataSource database, ProvinceTime time, TimeProvider clock)
{
    /// <summary>Obligations that fall due within this time are on the board: the longest that counts as due soon. Those further ahead interest no screen.</summary>
    public static readonly TimeSpan DueAhead = TimeSpan.FromDays(10);

    /// <summary>A late submission stays visible for this long.</summary>
    public static readonly TimeSpan LateShown = TimeSpan.FromDays(1);

    private const string HeadColumns =
        "series_id, time_key, revision, value, status, verification, seq, received_at, note, recent_keys, recent_values";

    public async Task<BoardState> LoadAsync(CatalogueSnapshot catalogue, CancellationToken cancellation)
    {
        var figures = await ReadFiguresAsync(catalogue, null, BoardState.Empty, cancellation);
        var empty = new FigureFactory(catalogue, catalogue.Calendars.Current, time);
        var all = ImmutableDictionary.CreateBuilder<int, Figure>();
        foreach (var series in catalogue.SeriesById.Values)
        {
            var figure = figures.GetValueOrDefault(series.Id) ?? empty.Create(series, null, null);
            if (figure is not null) all[series.Id] = figure;
        }

        return new BoardState
        {
            Catalogue = catalogue,
            Figures = all.ToImmutable(),
            Reports = (await ReadReportsAsync(catalogue, null, cancellation)).ToImmutableDictionary(r => r.Id),
            Feeds = (await ReadFeedsAsync(catalogue, cancellation)).ToImmutableDictionary(f => f.Feed.Code),
            Seq = figures.Count == 0 ? 0 : figures.Values.Max(f => f.Seq),
            Illustrative = await IsIllustrativeAsync(cancellation),
        };
    }

    /// <summary>The board with the touched rows read again. Null reports: all that the board shows are read again.</summary>
    public async Task<BoardState> ReloadAsync(
        BoardState board, IReadOnlyCollection<int> series, IReadOnlyCollection<string>? reports, bool feeds, CancellationToken cancellation)
    {
        if (series.Count > 0)
        {
            var figures = await ReadFiguresAsync(board.Catalogue, series, board, cancellation);
            board = board with
            {
                Figures = board.Figures.SetItems(figures.Select(f => KeyValuePair.Create(f.Key, f.Value))),
                Seq = Math.Max(board.Seq, figures.Count == 0 ? 0 : figures.Values.Max(f => f.Seq)),
            };
        }

        if (reports is not { Count: 0 })
        {
            var rows = await ReadReportsAsync(board.Catalogue, reports, cancellation);
            var kept = reports is null ? ImmutableDictionary<string, OpenReport>.Empty : board.Reports.RemoveRange(reports);
            board = board with { Reports = kept.SetItems(rows.Select(r => KeyValuePair.Create(r.Id, r))) };
        }

        if (feeds)
            board = board with { Feeds = (await ReadFeedsAsync(board.Catalogue, cancellation)).ToImmutableDictionary(f => f.Feed.Code) };
        return board;
    }

    private async Task<Dictionary<int, Figure>> ReadFiguresAsync(
        CatalogueSnapshot catalogue, IReadOnlyCollection<int>? series, BoardState before, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var rows = new List<FigureRow>();
        await using (var command = new NpgsqlCommand($"select {HeadColumns} from current_value" + (series is null ? "" : " where series_id = any($1)"), connection))
        {
            if (series is not null) command.Parameters.Add(new() { Value = series.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) rows.Add(FigureRow.Read(reader, FigureRow.ReadRecent(reader, 9, 10)));
        }

        var factory = new FigureFactory(catalogue, catalogue.Calendars.Current, time);
        var lookups = rows
            .Where(r => catalogue.SeriesById.TryGetValue(r.SeriesId, out var one) && catalogue.Indicators.ContainsKey(one.Indicator) && YearAgoMayDiffer(before.Figures.GetValueOrDefault(r.SeriesId), r))
            .Select(r => (r.SeriesId, Range: factory.YearBefore(catalogue.Indicators[catalogue.SeriesById[r.SeriesId].Indicator], r.TimeKey)))
            .ToList();
        var yearAgo = await YearAgoReader.ReadAsync(connection, lookups, null, cancellation);

        var figures = new Dictionary<int, Figure>(rows.Count);
        foreach (var row in rows)
        {
            if (!catalogue.SeriesById.TryGetValue(row.SeriesId, out var one)) continue;
            var old = before.Figures.GetValueOrDefault(row.SeriesId);
            var value = YearAgoMayDiffer(old, row) ? yearAgo.GetValueOrDefault(row.SeriesId) : old!.YearAgoValue;
            if (factory.Create(one, row, value) is { } figure) figures[row.SeriesId] = figure;
        }

        return figures;
    }

    /// <summary>A stream changes many times within the hour that it is compared by; a report's year-ago value is always read again.</summary>
    private static bool YearAgoMayDiffer(Figure? old, FigureRow row) =>
        old?.TimeKey is not { } key || !old.Indicator.Rhythm.IsStreamed() || key.UtcTicks / TimeSpan.TicksPerHour != row.TimeKey.UtcTicks / TimeSpan.TicksPerHour;

    private async Task<List<OpenReport>> ReadReportsAsync(CatalogueSnapshot catalogue, IReadOnlyCollection<string>? ids, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        const string columns = "select id, form, agency, period, opens_at, due_at, state, punctuality, overdue_since, submitted_at, revision, mend_by, changed_at, update_due_at from report ";
        const int returned = (int)ReportState.Returned, locked = (int)ReportState.Locked, late = (int)Punctuality.Late;
        var some = ids is null ? "" : " and id = any($3)";

        // Four branches, each on its own index; a locked report that never came can no longer be urged and leaves the board.
        var sql = $"""
            {columns} where submitted_at is null and overdue_since is not null and state <> {locked} and excused_at is null{some}
            union all
            {columns} where submitted_at is null and overdue_since is null and excused_at is null and due_at <= $1{some}
            union all
            {columns} where due_at > $2 - interval '400 days' and submitted_at is not null
                      and (update_due_at is null or excused_at is not null) and ((state = {returned}) or (punctuality = {late} and submitted_at > $2 and excused_at is null)){some}
            union all
            {columns} where update_due_at is not null and state <> {locked} and excused_at is null{some}
            """;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var reports = new List<OpenReport>();
        await using (var command = new NpgsqlCommand(sql, connection))
        {
            command.Parameters.AddWithValue(now + DueAhead);
            command.Parameters.AddWithValue(now - LateShown);
            if (ids is not null) command.Parameters.Add(new() { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                if (ReadReport(catalogue, reader, now) is { } report) reports.Add(report);
        }

        return await PursuitRows.AddAsync(connection, reports, at: null, cancellation);
    }

    /// <summary>As <see cref="Obligation"/> has it: what was sent back is to be mended, unless what is due after a change at the source was missed.</summary>
    internal static OpenReport? ReadReport(CatalogueSnapshot catalogue, NpgsqlDataReader reader, DateTimeOffset at)
    {
        if (!ReportingPeriod.TryParse(reader.GetString(3), out var period)
            || !catalogue.At(period.FirstDay).Forms.TryGetValue(reader.GetString(1), out var form)
            || !catalogue.Agencies.TryGetValue(reader.GetString(2), out var agency)) return null;
        var report = new OpenReport(
            reader.GetString(0), form, agency, period, reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5),
            (ReportState)reader.GetInt16(6), (Punctuality)reader.GetInt16(7), reader.Instant(8), reader.Instant(9), reader.GetInt32(10)) { MendBy = reader.Instant(11) };
        if (reader.Instant(12) is not { } changedAt) return report;
        var update = new SourceChange(changedAt, reader.GetFieldValue<DateTimeOffset>(13));
        var isMissed = at >= update.DueAt;
        if (report.State == ReportState.Returned && !isMissed) return report;
        return report with
        {
            Update = update, DueAt = update.DueAt, OverdueSince = isMissed ? update.DueAt : null,
            Punctuality = isMissed ? Punctuality.Overdue : Punctuality.NotDue,
        };
    }

    private async Task<List<FeedStatus>> ReadFeedsAsync(CatalogueSnapshot catalogue, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {FeedStateRows.Columns} from feed_state");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var feeds = new List<FeedStatus>();
        while (await reader.ReadAsync(cancellation))
        {
            var health = FeedStateRows.Read(reader);
            if (catalogue.Feeds.TryGetValue(health.Feed, out var feed) && catalogue.Agencies.TryGetValue(feed.Agency, out var agency))
                feeds.Add(new(feed, agency, health.State, health.LastAt, health.LastReceivedAt, health.LateAt, health.LostAt, health.Since) { Pauses = health.Pauses });
        }

        return feeds;
    }

    private async Task<bool> IsIllustrativeAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select value from installation where key = 'illustrative'");
        return await command.ExecuteScalarAsync(cancellation) is "true";
    }
}
