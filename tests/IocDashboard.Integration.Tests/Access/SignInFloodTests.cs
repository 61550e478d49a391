using System.Net;
using IocDashboard.Tests.Fixtures;
using Npgsql;

namespace IocDashboard.Tests.Access;

/// <summary>Attempts that come together are checked with few of the database's connections: what else the centre does goes on.</summary>
public sealed class SignInFloodTests
{
    private const int Connections = 4, Strangers = 20;

    [Fact]
    public async Task Names_TriedAtTheSameMoment_LeaveConnectionsForEachOtherAndForEverybodyElse()
    {
        var server = await PostgresServer.Shared;
        var database = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { MaxPoolSize = Connections }.ConnectionString;
        await using (var host = await IocHost.StartAsync(new() { ConnectionString = database }))
        {
            var strangers = Enumerable.Range(0, Strangers).Select(i => new Visitor(host, $"10.9.0.{i + 1}")).ToList();

            var attempts = Task.WhenAll(strangers.Select((s, i) => s.SignInAsync($"khong.co.ai.{i}", "không phải mật khẩu")));
            await Task.Delay(500);
            await using (var others = host.Database.CreateCommand("select 1")) (await others.ExecuteScalarAsync()).ShouldBe(1);
            var answers = await attempts;

            answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
            foreach (var stranger in strangers) stranger.Dispose();
        }

        await server.DropDatabaseAsync(database);
    }
}
