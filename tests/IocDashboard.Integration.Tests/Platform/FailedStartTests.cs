using System.Net;
using System.Net.Sockets;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform;
using Npgsql;

namespace IocDashboard.Integration.Tests.Platform;

/// <summary>Each failed start says why in one line and ends with its own exit code.</summary>
public sealed class FailedStartTests : IDisposable
{
    private readonly string _directory = TestPaths.NewDirectory("failed");

    [Fact]
    public async Task Port_Taken_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, output) = await IocProcess.RunAsync(_directory, [], port: ((IPEndPoint)taken.LocalEndpoint).Port);

        exitCode.ShouldBe(ExitCodes.PortTaken, output);
        output.ShouldContain("ASPNETCORE_URLS");
        output.ShouldNotContain("   at ");
        Directory.Exists(Path.Combine(_directory, "postgres")).ShouldBeFalse("an address that cannot be had is found before the database is made");
    }

    [Fact]
    public async Task Port_OfOneAddressTaken_SaysWhich()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        var (exitCode, output) = await RunAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:0;{address}"));

        exitCode.ShouldBe(ExitCodes.PortTaken, output);
        output.ShouldContain(address);
        Directory.Exists(Path.Combine(_directory, "postgres")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("http://127.0.0.1:0/ioc")]
    [InlineData("http://localhost:0")]
    [InlineData("http://192.0.2.1:5080")]
    public async Task Address_Unusable_IsNamedBeforeAnythingIsMade(string address)
    {
        var (exitCode, output) = await RunAsync(("ASPNETCORE_URLS", $"http://127.0.0.1:0;{address}"));

        exitCode.ShouldBe(ExitCodes.BadSettings, output);
        output.ShouldContain("ASPNETCORE_URLS");
        output.ShouldContain(address);
        output.ShouldNotContain("   at ");
        Directory.Exists(Path.Combine(_directory, "postgres")).ShouldBeFalse();
    }

    [Fact]
    public async Task Addresses_Several_AllListen()
    {
        var (port, other) = (TestPaths.FreePort(), TestPaths.FreePort());
        await using var centre = await IocProcess.StartAsync(_directory, port, Environment(
            [("ASPNETCORE_URLS", $"http://127.0.0.1:{port};http://localhost:{other};http://127.0.0.1:0")]));
        using var client = new HttpClient();

        (await client.GetAsync($"http://localhost:{other}/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Postgres_NotFound_SaysHowToGetOne()
    {
        var (exitCode, output) = await RunAsync(("Ioc__PostgresPrograms", "/nonexistent"));

        exitCode.ShouldBe(ExitCodes.NoPostgres, output);
        output.ShouldContain("apt-get install postgresql");
    }

    [Fact]
    public async Task Postgres_GivenButUnreachable_SaysSo()
    {
        var (exitCode, output) = await RunAsync(("ConnectionStrings__Ioc", $"Host=127.0.0.1;Port={TestPaths.FreePort()};Username=x;Password=secret-word;Database=x"));

        exitCode.ShouldBe(ExitCodes.NoPostgres, output);
        output.ShouldNotContain("secret-word");
    }

    [Theory]
    [InlineData("Ioc__TimeZone", "Asia/Nowhere")]
    [InlineData("Ioc__Demo", "perhaps")]
    [InlineData("Ioc__TrustedProxies", "proxy.example")]
    [InlineData("ConnectionStrings__Ioc", "Nonsense=1")]
    [InlineData("Ioc__Sso__Authority", "http://sso.example")]
    [InlineData("Ioc__DataDirectory", "/proc/ioc")]
    [InlineData("Ioc__PeriodsAhead", "0")]
    [InlineData("Ioc__Mail__From", "nobody@")]
    public async Task Setting_Unusable_IsNamed(string name, string value)
    {
        var (exitCode, output) = await RunAsync((name, value));

        exitCode.ShouldBe(ExitCodes.BadSettings, output);
        output.ShouldContain(name.Split("__")[1]);
    }

    [Fact]
    public async Task Schema_InProduction_IsMadeByMigrateOnly()
    {
        var database = await (await PostgresServer.Shared).CreateDatabaseAsync();
        (string, string)[] production = [("ASPNETCORE_ENVIRONMENT", "Production"), ("ConnectionStrings__Ioc", database)];

        var (before, output) = await RunAsync(production);
        before.ShouldBe(ExitCodes.SchemaNotMigrated, output);
        output.ShouldContain("./ioc migrate");

        (await IocProcess.RunAsync(_directory, ["migrate"], Environment(production))).ExitCode.ShouldBe(ExitCodes.Ok);
        (await IocProcess.RunAsync(_directory, ["migrate"], Environment(production))).ExitCode.ShouldBe(ExitCodes.Ok);

        await using var centre = await IocProcess.StartAsync(_directory, environment: Environment(production));
        (await centre.IsReadyAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Schema_NewerThanTheBuild_IsRefused(string environment)
    {
        var database = await (await PostgresServer.Shared).CreateDatabaseAsync();
        await using (var host = await IocHost.StartAsync(new IocHostOptions { ConnectionString = database, Started = false }))
        await using (var future = host.Database.CreateCommand("insert into ioc.schema_version values (9999, 'from_the_future', now())"))
            await future.ExecuteNonQueryAsync();

        var (exitCode, output) = await RunAsync(("ASPNETCORE_ENVIRONMENT", environment), ("ConnectionStrings__Ioc", database));

        exitCode.ShouldBe(ExitCodes.NewerSchema, output);
        output.ShouldContain("9999");
    }

    [Fact]
    public async Task Command_Unknown_ShowsTheList()
    {
        var (exitCode, output) = await IocProcess.RunAsync(_directory, ["mirgate"]);

        exitCode.ShouldBe(ExitCodes.Usage);
        output.ShouldContain("./ioc migrate");
    }

    [Theory]
    [InlineData("key", "\"key\" is half a command; these begin so: ./ioc key add, ./ioc key list, ")]
    [InlineData("user nobody", "There is no command \"user nobody\"; with \"user\" begin: ./ioc user add")]
    public async Task Command_HalfKnown_SaysWhichBeginSo(string command, string answer)
    {
        var (exitCode, output) = await IocProcess.RunAsync(_directory, command.Split(' '));

        exitCode.ShouldBe(ExitCodes.Usage);
        output.ShouldContain(answer);
    }

    public void Dispose() => TestPaths.Remove(_directory);

    private Task<(int ExitCode, string Output)> RunAsync(params (string Name, string Value)[] environment) =>
        IocProcess.RunAsync(_directory, [], Environment(environment));

    private static Dictionary<string, string?> Environment((string Name, string Value)[] variables) =>
        variables.ToDictionary(v => v.Name, string? (v) => v.Value, StringComparer.Ordinal);
}
