using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

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
        await using var host = await IocHost.StartAsync(new IocHostOptions { Started = false });
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

        (await ScalarAsync(hosts[0], "select count(*) from ioc.schema_version")).ShouldBe((long)DatabaseMigrator.CurrentVersion);
        foreach (var host in hosts) await host.DisposeAsync();
    }

    [Fact]
    public async Task Partitions_OfAYearToCome_AreMadeBeforeItBegins()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await using var host = await IocHost.StartAsync(new IocHostOptions { Time = clock, Started = false });
        const string partitions = "select string_agg(relname, ' ' order by relname) from pg_class where relname ~ '^observation_y\\d+$'";
        (await ScalarAsync(host, partitions)).ShouldBe(string.Join(' ', Enumerable.Range(2020, 12).Select(y => $"observation_y{y}")));

        clock.Advance(TimeSpan.FromDays(365));
        await host.Services.GetRequiredService<ObservationPartitions>().EnsureAsync(TestContext.Current.CancellationToken);

        ((string)(await ScalarAsync(host, partitions))!).ShouldEndWith("observation_y2032");
    }

    private static async Task<object?> ScalarAsync(IocHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
