using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Platform;

public sealed class MigrationTests
{
    private const string Fingerprint = """
        select md5(string_agg(table_schema || table_name || column_name || data_type, ',' order by table_schema, table_name, ordinal_position))
        from information_schema.columns where table_schema in ('ioc', 'history')
        """;

    [Fact]
    public async Task Migration_RunAgain_ChangesNothing()
    {
        await using var host = await IocHost.StartAsync(new IocHostOptions { ConnectionString = await (await PostgresServer.Shared).CreateDatabaseAsync(), Started = false });
        var (shape, applied) = (await ScalarAsync(host, Fingerprint), await ScalarAsync(host, "select string_agg(version || name || applied_at, ',') from ioc.schema_version"));

        await host.Services.GetRequiredService<DatabaseMigrator>().PrepareAsync(migrate: true, TestContext.Current.CancellationToken);

        (await ScalarAsync(host, Fingerprint)).ShouldBe(shape);
        (await ScalarAsync(host, "select string_agg(version || name || applied_at, ',') from ioc.schema_version")).ShouldBe(applied);
    }

    [Fact]
    public async Task Migration_OnTwoNodesAtOnce_IsAppliedOnce()
    {
        var database = await (await PostgresServer.Shared).CreateDatabaseAsync();

        var hosts = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => IocHost.StartAsync(new IocHostOptions { ConnectionString = database, Started = false })));

        (await ScalarAsync(hosts[0], "select max(version) from ioc.schema_version")).ShouldBe(DatabaseMigrator.CurrentVersion);
        foreach (var host in hosts) await host.DisposeAsync();
    }

    [Fact]
    public async Task Migration_OfAnOlderDatabase_IsOnTheTrail_ThatOfANewOneIsNot()
    {
        const string entries = "select coalesce(string_agg(actor_kind || ' ' || before || ' ' || after, ', '), '') from audit_entry where action = 'schema-migrated'";
        var database = await (await PostgresServer.Shared).CreateDatabaseAsync();
        await using (var old = NpgsqlDataSource.Create(database))
        {
            await using var script = typeof(DatabaseMigrator).Assembly.GetManifestResourceStream("sql/0001_read_models.sql")!;
            using var text = new StreamReader(script);
            await using var first = old.CreateCommand($"""
                create schema ioc;
                set search_path = ioc;
                create table schema_version (version int primary key, name text not null, applied_at timestamptz not null);
                {await text.ReadToEndAsync(TestContext.Current.CancellationToken)};
                insert into schema_version values (1, 'read_models', now())
                """);
            await first.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var migrated = await IocHost.StartAsync(new IocHostOptions { ConnectionString = database, Started = false });
        await using var made = await IocHost.StartAsync(new IocHostOptions { ConnectionString = await (await PostgresServer.Shared).CreateDatabaseAsync(), Started = false });

        (await ScalarAsync(migrated, entries)).ShouldBe($$"""process {"schema":1} {"schema":{{DatabaseMigrator.CurrentVersion}}}""");
        (await ScalarAsync(made, entries)).ShouldBe("");
    }

    [Fact]
    public async Task Partitions_OfAYearToCome_AreMadeBeforeItBegins()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await using var host = await IocHost.StartAsync(new IocHostOptions { ConnectionString = await (await PostgresServer.Shared).CreateDatabaseAsync(), Time = clock, Started = false });
        const string partitions = "select string_agg(relname, ' ' order by relname) from pg_class where relname ~ '^observation_y\\d+$'";
        (await ScalarAsync(host, partitions)).ShouldBe(string.Join(' ', Enumerable.Range(2020, 12).Select(y => $"observation_y{y}")));

        clock.Advance(TimeSpan.FromDays(365));
        await host.Services.GetRequiredService<ObservationPartitions>().EnsureAsync(TestContext.Current.CancellationToken);

        ((string)(await ScalarAsync(host, partitions))!).ShouldEndWith("observation_y2032");
    }

    [Fact]
    public async Task ReceivedAt_OfRowsFromBefore_IsWhenTheirRevisionWasFirstRecorded()
    {
        await using var host = await IocHost.StartAsync(new IocHostOptions { Started = false });
        await ScalarAsync(host, """
            set search_path = ioc;
            alter table observation drop column received_at;
            alter table current_value drop column received_at;
            alter type head_row drop attribute received_at;
            insert into observation (series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at) values
                (1, '2026-11-16', 'W', 1, 4, 1, 0, true, 1, '2026-11-23 08:59Z'),
                (1, '2026-11-16', 'W', 1, 4, 1, 1, true, 2, '2026-11-23 09:28Z'),
                (1, '2026-11-16', 'W', 2, 5, 1, 0, true, 3, '2026-11-24 08:00Z'),
                (1, '2026-11-16', 'W', 2, 5, 1, 2, true, 4, '2026-11-24 09:00Z'),
                (1, '2026-11-16', 'W', 2, 5, 1, 0, true, 5, '2026-11-24 10:00Z'),
                (2, '2026-11-16', 'W', 1, 7, 1, 0, true, 1, '2026-11-23 08:59Z');
            insert into current_value (series_id, time_key, rhythm, revision, value, status, verification, seq, recorded_at, recent_keys, recent_values) values
                (1, '2026-11-16', 'W', 2, 5, 1, 0, 5, '2026-11-24 10:00Z', '{}', '{}'),
                (2, '2026-11-16', 'W', 1, 7, 1, 0, 1, '2026-11-23 08:59Z', '{}', '{}')
            """);
        await using var script = typeof(DatabaseMigrator).Assembly.GetManifestResourceStream("sql/0017_received_at.sql")!;
        using var text = new StreamReader(script);

        await ScalarAsync(host, "set search_path = ioc;\n" + await text.ReadToEndAsync(TestContext.Current.CancellationToken));

        (await ScalarAsync(host, """
            select string_agg(to_char(coalesce(received_at, recorded_at) at time zone 'UTC', 'DD HH24:MI'), ', ' order by series_id, seq) from ioc.observation
            """)).ShouldBe("23 08:59, 23 08:59, 24 08:00, 24 08:00, 24 08:00, 23 08:59");
        (await ScalarAsync(host, "select string_agg(to_char(received_at at time zone 'UTC', 'DD HH24:MI'), ', ' order by series_id) from ioc.current_value"))
            .ShouldBe("24 08:00, 23 08:59");
    }

    private static async Task<object?> ScalarAsync(IocHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
