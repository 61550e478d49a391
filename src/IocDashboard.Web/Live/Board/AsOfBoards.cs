using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Features.Timeliness;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Live.Board;

/// <summary>
/// The board as it stood at an instant: what the centre knew then, not what it learnt later. Answered from
/// <c>observation</c> by index, one probe per series, however much was recorded before or after; no stream is replayed.
/// </summary>
public sealed class AsOfBoards(
    NpgsqlDataSource database, CatalogueCache catalogue, MeasureDiscipline discipline, LiveBoard live, ProvinceTime time, TimeProvider clock)
{
    private const int Kept = 8;

    private readonly Lock _gate = new();
    private readonly List<(DateTimeOffset At, Task<BoardState> Board)> _boards = [];

    /// <summary>Boards of the past do not change, so a few are kept: two people in one meeting ask for the same instant.</summary>
    public Task<BoardState> GetAsync(DateTimeOffset at)
    {
        at = at.ToUniversalTime();
        // A transaction that is still committing may carry an instant just passed.
        if (at > clock.GetUtcNow().AddMinutes(-1)) return ReadAsync(at, CancellationToken.None);
        lock (_gate)
        {
            var index = _boards.FindIndex(b => b.At == at && !b.Board.IsFaulted);
            if (index >= 0) return _boards[index].Board;
            if (_boards.Count == Kept) _boards.RemoveAt(0);
            var board = ReadAsync(at, CancellationToken.None);
            _boards.Add((at, board));
            return board;
        }
    }

    public async Task<BoardState> ReadAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        at = at.ToUniversalTime();
        // The set that held then: what has been retired since is there, what was added since is not.
        var snapshot = catalogue.Current.At(time.DayOf(at));
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var keptEvery = KeptSteps.At(await KeptSteps.ReadAsync(connection, cancellation), at);
        var factory = new FigureFactory(snapshot, snapshot.Calendars.At(at), time, keptEvery);
        var heads = await ReadHeadsAsync(connection, snapshot, at, cancellation);
        var recent = await ReadRecentAsync(connection, snapshot, heads, at, cancellation);
        var lookups = heads
            .Where(h => snapshot.SeriesById.TryGetValue(h.SeriesId, out var one) && snapshot.Indicators.ContainsKey(one.Indicator))
            .Select(h => (h.SeriesId, factory.YearBefore(snapshot.Indicators[snapshot.SeriesById[h.SeriesId].Indicator], h.TimeKey))).ToList();
        var yearAgo = await YearAgoReader.ReadAsync(connection, lookups, at, cancellation);

        var rows = heads.ToDictionary(h => h.SeriesId);
        var figures = ImmutableDictionary.CreateBuilder<int, Figure>();
        foreach (var series in snapshot.SeriesById.Values)
        {
            var row = rows.TryGetValue(series.Id, out var head) ? head with { Recent = recent.GetValueOrDefault(series.Id, []) } : null;
            if (factory.Create(series, row, yearAgo.GetValueOrDefault(series.Id)) is { } figure) figures[series.Id] = figure;
        }

        var all = figures.ToImmutable();
        var pauses = await FeedPauseRows.ReadAsync(connection, at, cancellation);
        return new BoardState
        {
            Catalogue = snapshot,
            Figures = all,
            Reports = (await ReadReportsAsync(connection, snapshot, at, cancellation)).ToImmutableDictionary(r => r.Id),
            Feeds = FeedsAt(snapshot, all, pauses, at, keptEvery).ToImmutableDictionary(f => f.Feed.Code),
            Discipline = await discipline.Handle(at, cancellation),
            Version = 0,
            Seq = heads.Count == 0 ? 0 : heads.Max(h => h.Seq),
            AsOf = at,
            Illustrative = live.Current.Illustrative,
        };
    }

    private static async Task<List<FigureRow>> ReadHeadsAsync(NpgsqlConnection connection, CatalogueSnapshot catalogue, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            """
            select w.id, o.time_key, o.revision, o.value, o.status, o.verification, o.seq, coalesce(o.received_at, o.recorded_at), o.note
            from unnest($1) as w(id)
            cross join lateral (
                select * from observation
                where series_id = w.id and head and recorded_at <= $2
                order by recorded_at desc, seq desc limit 1) o
            """, connection);
        command.Parameters.Add(new() { Value = catalogue.SeriesById.Keys.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.AddWithValue(at);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<FigureRow>();
        while (await reader.ReadAsync(cancellation)) rows.Add(FigureRow.Read(reader, []));
        return rows;
    }

    /// <summary>One probe per series and period (for a stream, per hour) that its sparkline shows.</summary>
    private async Task<Dictionary<int, ImmutableArray<SeriesPoint>>> ReadRecentAsync(
        NpgsqlConnection connection, CatalogueSnapshot catalogue, List<FigureRow> heads, DateTimeOffset at, CancellationToken cancellation)
    {
        List<int> series = [];
        List<DateTimeOffset> from = [], to = [];
        foreach (var head in heads)
        {
            if (!catalogue.SeriesById.TryGetValue(head.SeriesId, out var one) || !catalogue.Indicators.ContainsKey(one.Indicator)) continue;
            foreach (var (start, end) in Windows(catalogue.Indicators[one.Indicator].Rhythm, head.TimeKey))
            {
                series.Add(head.SeriesId);
                from.Add(start);
                to.Add(end);
            }
        }

        await using var command = new NpgsqlCommand(
            """
            select w.series_id, w.from_key, o.value
            from unnest($1, $2, $3) as w(series_id, from_key, to_key)
            cross join lateral (
                select value from observation
                where series_id = w.series_id and time_key >= w.from_key and time_key < w.to_key
                  and recorded_at >= w.from_key - interval '62 days' and recorded_at <= $4
                order by time_key desc, revision desc, seq desc limit 1) o
            order by w.series_id, w.from_key
            """, connection);
        command.Parameters.Add(new() { Value = series.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = from.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = to.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.AddWithValue(at);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var points = new Dictionary<int, ImmutableArray<SeriesPoint>.Builder>();
        while (await reader.ReadAsync(cancellation))
        {
            if (!points.TryGetValue(reader.GetInt32(0), out var list)) points[reader.GetInt32(0)] = list = ImmutableArray.CreateBuilder<SeriesPoint>();
            list.Add(new(reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? null : reader.GetDecimal(2)));
        }

        return points.ToDictionary(p => p.Key, p => p.Value.ToImmutable());
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Windows(Rhythm rhythm, DateTimeOffset timeKey)
    {
        if (rhythm.IsStreamed())
        {
            var hour = new DateTimeOffset(timeKey.UtcTicks - (timeKey.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
            for (var back = 0; back < SeriesHead.RecentHours; back++) yield return (hour.AddHours(-back), hour.AddHours(1 - back));
            yield break;
        }

        var period = ReportingPeriod.Containing(rhythm, time.DayOf(timeKey));
        for (var back = 0; back < SeriesHead.RecentPeriods; back++, period = period.Previous)
        {
            var start = time.StartOf(period.FirstDay);
            yield return (start, start.AddSeconds(1));
        }
    }

    private static async Task<List<OpenReport>> ReadReportsAsync(NpgsqlConnection connection, CatalogueSnapshot catalogue, DateTimeOffset at, CancellationToken cancellation)
    {
        // What was then open: submissions after the instant have not happened yet.
        var sql = string.Create(CultureInfo.InvariantCulture, $"""
            select r.id, r.form, r.agency, r.period, r.opens_at, coalesce(past.due_at, r.due_at),
                   case when submitted_at <= $1 then {(int)ReportState.Submitted} else {(int)ReportState.Open} end::smallint,
                   case when submitted_at <= $1 then punctuality when r.due_at <= $1 then {(int)Punctuality.Overdue} else {(int)Punctuality.NotDue} end::smallint,
                   case when r.due_at <= $1 and (submitted_at is null or submitted_at > r.due_at) then r.due_at end,
                   case when submitted_at <= $1 then submitted_at end,
                   case when submitted_at <= $1 then greatest(revision, 1) else 0 end, null::timestamptz,
                   null::timestamptz, null::timestamptz
            from report r
            -- Where a change of the calendar moved the deadline after the instant, what it was then: later than the instant, as it is now.
            left join lateral (select due_at from report_due_past where report = r.id and until > $1 order by until limit 1) past on r.scheduled_at > $1
            where r.due_at <= $1 + $2 + interval '{MeasureDiscipline.LongestMove} days' and coalesce(past.due_at, r.due_at) <= $1 + $2
              and r.due_at > $1 - interval '400 days' and (r.lock_at is null or r.lock_at > $1)
              and (submitted_at is null or submitted_at > $1 or (punctuality = {(int)Punctuality.Late} and submitted_at > $1 - $3))
              and not exists (select from report_hold h where h.report = r.id and h.kind = 0 and h.at <= $1 and (h.ended_at is null or h.ended_at > $1))
              and not exists (select from report_update u where u.report = r.id and u.told_at <= $1 and (u.settled_at is null or u.settled_at > $1))
            union all
            -- What was then to come again, however long ago it was due itself.
            select r.id, r.form, r.agency, r.period, r.opens_at, r.due_at, {(int)ReportState.Submitted}::smallint, r.punctuality, null, r.submitted_at, greatest(r.revision, 1), null,
                   owed.changed_at, owed.due_at
            from (select report, changed_at, due_at from report_update where settled_at is null and told_at <= $1
                  union all select report, changed_at, due_at from report_update where settled_at > $1 and told_at <= $1) owed
            join report r on r.id = owed.report
            where (r.lock_at is null or r.lock_at > $1)
              and not exists (select from report_hold h where h.report = r.id and h.kind = 0 and h.at <= $1 and (h.ended_at is null or h.ended_at > $1))
            """);
        var reports = new List<OpenReport>();
        await using (var command = new NpgsqlCommand(sql, connection))
        {
            command.Parameters.AddWithValue(at);
            command.Parameters.Add(new() { Value = BoardLoader.DueAhead, NpgsqlDbType = NpgsqlDbType.Interval });
            command.Parameters.Add(new() { Value = BoardLoader.LateShown, NpgsqlDbType = NpgsqlDbType.Interval });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                if (BoardLoader.ReadReport(catalogue, reader, at) is { } report) reports.Add(report);
        }

        return await PursuitRows.AddAsync(connection, reports, at, cancellation);
    }

    private static IEnumerable<FeedStatus> FeedsAt(
        CatalogueSnapshot catalogue, ImmutableDictionary<int, Figure> figures, ILookup<string, FeedPause> pausesOf, DateTimeOffset at, TimeSpan keptEvery)
    {
        var lastByIndicator = figures.Values.Where(f => f.TimeKey is not null)
            .GroupBy(f => f.Indicator.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(f => f.TimeKey), StringComparer.Ordinal);
        foreach (var feed in catalogue.FeedList)
        {
            if (!catalogue.Agencies.TryGetValue(feed.Agency, out var agency) || DeadlineRule.Parse(feed.Rule) is not StreamRule own) continue;
            var rule = own.KeptEvery(keptEvery);
            var last = feed.Indicators.Max(i => lastByIndicator.GetValueOrDefault(i.Code));
            ValueList<FeedPause> pauses = new(pausesOf[feed.Code]);
            if (last is not { } lastAt)
            {
                yield return new(feed, agency, FeedState.Lost, null, null, rule.LateAt(at), rule.LostAt(at), at) { Pauses = pauses };
                continue;
            }

            var (late, lost) = FeedPause.Move(rule, rule.LateAt(lastAt), rule.LostAt(lastAt), pauses);
            var (state, since) = at >= lost ? (FeedState.Lost, lost) : at >= late ? (FeedState.Late, late) : (FeedState.Live, lastAt);
            yield return new(feed, agency, state, lastAt, lastAt, late, lost, since) { Pauses = pauses };
        }
    }
}
