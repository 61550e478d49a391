using System.Text.Json;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Demo;

public sealed class DemoStartTests
{
    private static readonly Dictionary<string, string?> On = new(StringComparer.Ordinal) { ["Ioc:Demo"] = null, ["Ioc:SimulateAgencies"] = "false" };

    [Fact]
    public async Task DemoOff_WritesNothing()
    {
        await using var host = await IocHost.StartAsync();
        (await AskAsync<long>(host, """
            select (select count(*) from ioc.observation) + (select count(*) from ioc.current_value) + (select count(*) from ioc.message)
                + (select count(*) from ioc.machine_key) + (select count(*) from identity.account)
                + (select count(*) from ioc.installation where key = 'illustrative')
            """)).ShouldBe(0);
        File.Exists(Path.Combine(host.DataDirectory, "demo-credentials.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task DatabaseWithSomethingReal_IsNeverFilled()
    {
        var database = await (await PostgresServer.Shared).CreateDatabaseAsync();
        await using (var real = await IocHost.StartAsync(new() { ConnectionString = database, Started = false }))
            await real.Services.GetRequiredService<MachineKeys>().AddAsync("SYT", [KeyScopes.Submit], null, "a real system");

        foreach (var wish in new[] { null, "true" })
        {
            await using var host = await IocHost.StartAsync(new() { ConnectionString = database, Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:Demo"] = wish } });
            (await AskAsync<long>(host, "select count(*) from ioc.observation")).ShouldBe(0);
            File.Exists(Path.Combine(host.DataDirectory, "demo-credentials.json")).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Restart_KeepsTokensWhileTheFileIsThereAndReplacesThemWhenItIsGone()
    {
        var database = await (await PostgresServer.Shared).CreateDatabaseAsync();
        var directory = TestPaths.NewDirectory("demo");
        var settings = new Dictionary<string, string?>(On, StringComparer.Ordinal) { ["Ioc:DataDirectory"] = directory };
        var file = Path.Combine(directory, "demo-credentials.json");
        string first;
        await using (await IocHost.StartAsync(new() { ConnectionString = database, Settings = settings })) first = await File.ReadAllTextAsync(file);
        await using (await IocHost.StartAsync(new() { ConnectionString = database, Settings = settings })) (await File.ReadAllTextAsync(file)).ShouldBe(first);

        File.Delete(file);
        await using var host = await IocHost.StartAsync(new() { ConnectionString = database, Settings = settings });
        var fresh = await File.ReadAllTextAsync(file);
        fresh.ShouldNotBe(first);
        var keys = JsonDocument.Parse(fresh).RootElement.GetProperty("keys").GetArrayLength();
        (await AskAsync<long>(host, "select count(*) from ioc.machine_key where revoked_at is null")).ShouldBe(keys);
        (await AskAsync<long>(host, "select count(*) from ioc.machine_key where revoked_at is not null")).ShouldBe(keys);
        TestPaths.Remove(directory);
    }

    private static async Task<T> AskAsync<T>(IocHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
