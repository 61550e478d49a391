using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Feeds;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>Keys of the catalogue's streams, also of its rows.</summary>
public static class CatalogueStreams
{
    public const string IndicatorPrefix = "indicator/", AgencyPrefix = "agency/", FormPrefix = "form/", FeedPrefix = "feed/";

    public static string Indicator(string code) => IndicatorPrefix + code;
    public static string Agency(string code) => AgencyPrefix + code;
    public static string Form(string code) => FormPrefix + code;
    public static string Feed(string code) => FeedPrefix + code;
}

/// <summary>The rows behind the catalogue, written only by an import and in its transaction.</summary>
internal static class CatalogueRows
{
    // Two imports at once would each compare with what the other is about to change.
    private const long LockNumber = 0x494F43_43415441;

    public static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = LockNumber } } };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task LockFeedsAsync(NpgsqlTransaction transaction, IEnumerable<Feed> feeds, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var feed in feeds.Select(f => f.Code).Order(StringComparer.Ordinal)) batch.BatchCommands.Add(WriteLock.Take(WriteLock.OfFeed(feed)));
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<Dictionary<string, string>> ReadItemsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select stream, body::text from catalogue_item", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var items = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) items[reader.GetString(0)] = reader.GetString(1);
        return items;
    }

    public static async Task WriteItemsAsync(NpgsqlConnection connection, IReadOnlyList<CatalogueChange> changes, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into catalogue_item (stream, sort, body)
            select stream, sort, body::jsonb from unnest($1, $2, $3) as t (stream, sort, body)
            on conflict (stream) do update set sort = excluded.sort, body = excluded.body
            """, connection)
        {
            Parameters = { Texts(changes.Select(c => c.Stream)), Integers(changes.Select(c => c.Sort)), Texts(changes.Select(c => c.Body)) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>How many areas are new or differ.</returns>
    public static async Task<int> WriteAreasAsync(NpgsqlConnection connection, IReadOnlyList<Area> areas, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into area as held (code, name_vi, name_en, short_vi, short_en, kind, parent, map_col, map_row, sort)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en, short_vi = excluded.short_vi,
                short_en = excluded.short_en, kind = excluded.kind, parent = excluded.parent, map_col = excluded.map_col,
                map_row = excluded.map_row, sort = excluded.sort
            where held is distinct from excluded
            """, connection)
        {
            Parameters =
            {
                Texts(areas.Select(a => a.Code)), Texts(areas.Select(a => a.Name.Vi)), Texts(areas.Select(a => a.Name.En)),
                Texts(areas.Select(a => a.ShortName.Vi)), Texts(areas.Select(a => a.ShortName.En)), Texts(areas.Select(a => a.Kind)),
                Texts(areas.Select(a => a.Parent)), Integers(areas.Select(a => a.MapColumn)), Integers(areas.Select(a => a.MapRow)),
                Integers(Enumerable.Range(1, areas.Count)),
            },
        };
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A day that differs from what was last entered for it becomes a further row; what was known before stays.</summary>
    /// <param name="agency">Whose calendar; empty: the nation's.</param>
    /// <returns>How many days are new or differ.</returns>
    public static async Task<int> WriteCalendarAsync(
        NpgsqlConnection connection, IReadOnlyList<CalendarDay> days, string agency, string by, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into calendar_day (day, name_vi, name_en, confirmed, kind, basis, agency, entered_by, recorded_at)
            select n.*, $7, $8, case when exists (select from calendar_day) then $9 else '1970-01-01' end
            from unnest($1, $2, $3, $4, $5, $6) as n (day, name_vi, name_en, confirmed, kind, basis)
            left join lateral (select * from calendar_day c where c.agency = $7 and c.day = n.day order by c.recorded_at desc limit 1) held on true
            where (n.name_vi, n.name_en, n.confirmed, n.kind, n.basis) is distinct from (held.name_vi, held.name_en, held.confirmed, held.kind, held.basis)
            on conflict (agency, day, recorded_at) do update set name_vi = excluded.name_vi, name_en = excluded.name_en, confirmed = excluded.confirmed,
                kind = excluded.kind, basis = excluded.basis, entered_by = excluded.entered_by
            """, connection)
        {
            Parameters =
            {
                new() { Value = days.Select(d => d.Day).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
                Texts(days.Select(d => d.NameVi)), Texts(days.Select(d => d.NameEn)),
                new() { Value = days.Select(d => d.Confirmed).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean },
                Texts(days.Select(d => d.Kind)), Texts(days.Select(d => d.Basis)), Sql.Of(agency), Sql.Of(by), Sql.Of(now),
            },
        };
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <returns>How many series are new. A series is never removed: figures refer to it.</returns>
    public static async Task<int> WriteSeriesAsync(
        NpgsqlConnection connection, IReadOnlyCollection<(string Indicator, string Area)> cells, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            insert into series (indicator, area)
            select c.indicator, c.area from unnest($1, $2) with ordinality as c (indicator, area, place)
            where not exists (select from series s where s.indicator = c.indicator and s.area = c.area)
            order by c.place
            """, connection)
        {
            Parameters = { Texts(cells.Select(c => c.Indicator)), Texts(cells.Select(c => c.Area)) },
        };
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A feed is heard from its registration on: one that never speaks becomes late and lost like any other.</summary>
    public static async Task WriteFeedsAsync(NpgsqlConnection connection, IReadOnlyList<Feed> feeds, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var feed in feeds)
        {
            var rule = (StreamRule)DeadlineRule.Parse(feed.Rule);
            var health = FeedHealth.Registered(feed.Code, rule, now);
            await using var insert = new NpgsqlCommand("""
                insert into feed_state (feed, state, late_at, lost_at, since) values ($1, $2, $3, $4, $5)
                on conflict (feed) do nothing
                """, connection)
            {
                Parameters =
                {
                    new() { Value = feed.Code }, new() { Value = (short)health.State },
                    new() { Value = health.LateAt }, new() { Value = health.LostAt }, new() { Value = health.Since },
                },
            };
            if (await insert.ExecuteNonQueryAsync(cancellation) == 0) await MoveLimitsAsync(connection, feed.Code, rule, cancellation);
        }
    }

    public static async Task WriteChangeAsync(NpgsqlConnection connection, string[] feeds, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("insert into change (feeds, catalogue, at) values ($1, true, $2)", connection)
        {
            Parameters = { new() { Value = feeds }, new() { Value = now } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A revised rule holds for the silence that is running.</summary>
    private static async Task MoveLimitsAsync(NpgsqlConnection connection, string feed, StreamRule rule, CancellationToken cancellation)
    {
        FeedHealth health;
        await using (var read = new NpgsqlCommand($"select {FeedStateRows.Columns} from feed_state where feed = $1 for update", connection) { Parameters = { new() { Value = feed } } })
        await using (var reader = await read.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            health = FeedStateRows.Read(reader);
        }

        health = health.Revised(rule, health.LastAt ?? health.Since);
        await using var update = new NpgsqlCommand(
            "update feed_state set late_at = $2, lost_at = $3, plain_late_at = $4, plain_lost_at = $5 where feed = $1", connection)
        {
            Parameters = { Sql.Of(feed), Sql.Of(health.LateAt), Sql.Of(health.LostAt), Sql.Of(health.PlainLateAt), Sql.Of(health.PlainLostAt) },
        };
        await update.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter Texts(IEnumerable<string?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Integers(IEnumerable<int> values) => Integers(values.Select(v => (int?)v));

    private static NpgsqlParameter Integers(IEnumerable<int?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
}
