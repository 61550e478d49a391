using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Access;

/// <summary>What the centre runs with is on the trail, secrets stay secrets wherever they come from.</summary>
public sealed class ConfigurationTests : IAsyncLifetime
{
    private const string Secret = "geheim-mật-4711";

    private readonly string _files = TestPaths.NewDirectory("secrets");
    private string _database = "";

    private string DataDirectory => Path.Combine(_files, "data");

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.Shared).CreateDatabaseAsync();
        await using var owner = NpgsqlDataSource.Create(_database);
        await using var role = owner.CreateCommand($"do $$ begin create role ioc_secret login superuser; exception when duplicate_object then null; end $$; alter role ioc_secret password '{Secret}'");
        await role.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (await PostgresServer.Shared).DropDatabaseAsync(_database);
        TestPaths.Remove(_files);
    }

    [Fact]
    public async Task Settings_ChangedBetweenStarts_AreOneEntryWithBeforeAndAfter()
    {
        async Task<IReadOnlyList<AuditEntry>> StartAsync(params (string Key, string Value)[] settings)
        {
            await using var host = await IocHost.StartAsync(new()
            {
                ConnectionString = _database,
                Settings = settings.Append(("Ioc:DataDirectory", DataDirectory)).ToDictionary(s => s.Item1, s => (string?)s.Item2, StringComparer.Ordinal),
            });
            return await host.Services.GetRequiredService<FindAudit>().Handle(new(AuditActions.Configuration, null, null, null), null, 10, CancellationToken.None);
        }

        var first = (await StartAsync(("Ioc:Test:ClientSecret", "one"))).ShouldHaveSingleItem();
        (await StartAsync(("Ioc:Test:ClientSecret", "one"))).Count.ShouldBe(1, "nothing was changed");
        var second = (await StartAsync(("Ioc:Test:ClientSecret", "two"), ("Ioc:Limits:KeyBurst", "77")))[0];
        var third = (await StartAsync(("Ioc:Limits:KeyBurst", "77")))[0];

        first.Before.ShouldBeNull();
        var all = JsonNode.Parse(first.After!)!;
        ((string?)all["build"]).ShouldBe(BuildInfo.Version);
        ((string?)all["ConnectionStrings:Ioc"]).ShouldBe("set");
        ((string?)all["Ioc:Test:ClientSecret"]).ShouldBe("set");
        ((string?)all["Ioc:Limits:KeyBurst"]).ShouldBe("1000");
        ((string?)all["Ioc:TimeZone"]).ShouldBe("Asia/Ho_Chi_Minh");
        second.Before.ShouldBe("""{"Ioc:Limits:KeyBurst":"1000","Ioc:Test:ClientSecret":"set"}""");
        second.After.ShouldBe("""{"Ioc:Limits:KeyBurst":"77","Ioc:Test:ClientSecret":"changed"}""");
        third.Before.ShouldBe("""{"Ioc:Test:ClientSecret":"set"}""");
        third.Actor.Kind.ShouldBe(AuditActor.Process);
    }

    [Fact]
    public async Task Secrets_FromFiles_AreUsedAndNowhereToBeRead()
    {
        var connection = new NpgsqlConnectionStringBuilder(_database) { Username = "ioc_secret", Password = Secret };
        await File.WriteAllTextAsync(Path.Combine(_files, "ConnectionStrings__Ioc"), connection.ConnectionString + "\n");
        await File.WriteAllTextAsync(Path.Combine(_files, "Ioc__Test__ClientSecret"), Secret + "-2");
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc__SecretsDirectory"] = _files };
        Directory.CreateDirectory(DataDirectory);

        string printed;
        await using (var centre = await IocProcess.StartAsync(DataDirectory, environment: environment))
        {
            foreach (var path in new[] { "/metrics", "/version", "/readyz", "/signin" }) (await centre.Client.GetStringAsync(path)).ShouldNotContain(Secret);
            printed = centre.Output;
        }

        var (code, doctor) = await IocProcess.RunAsync(DataDirectory, ["doctor"], environment);
        code.ShouldBe(0, doctor);
        doctor.ShouldContain("given by ConnectionStrings__Ioc");
        doctor.ShouldContain("secrets");
        var logs = string.Concat(Directory.GetFiles(Path.Combine(DataDirectory, "logs")).Select(File.ReadAllText));
        logs.ShouldNotBeEmpty();
        foreach (var text in new[] { printed, doctor, logs }) text.ShouldNotContain(Secret);
        await using var database = NpgsqlDataSource.Create(_database);
        await using var kept = database.CreateCommand("select (select string_agg(value, '') from ioc.installation) || (select string_agg(coalesce(before::text, '') || after, '') from ioc.audit_entry)");
        ((string)(await kept.ExecuteScalarAsync())!).ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=ioc;Password=" + Secret)]
    [InlineData("Host=127.0.0.1;Nonsense=1;Password=" + Secret)]
    [InlineData("Host=127.0.0.1;Port=" + Secret)]
    [InlineData("postgres://ioc:" + Secret + "@127.0.0.1/ioc")]
    public async Task ConnectionString_ThatDoesNotWork_IsNotPrinted(string connection)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Ioc"] = connection };
        Directory.CreateDirectory(DataDirectory);

        var (code, output) = await IocProcess.RunAsync(DataDirectory, [], environment);
        var (_, doctor) = await IocProcess.RunAsync(DataDirectory, ["doctor"], environment);

        code.ShouldBeOneOf(4, 7);
        output.ShouldContain("ConnectionStrings__Ioc");
        foreach (var text in new[] { output, doctor }) text.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task SecretsDirectory_ThatIsNotThere_KeepsTheCentreFromStarting()
    {
        var (code, output) = await IocProcess.RunAsync(_files, [], new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc__SecretsDirectory"] = Path.Combine(_files, "nowhere") });

        code.ShouldBe(7, output);
        output.ShouldContain("Ioc__SecretsDirectory");
    }

    [Theory]
    [InlineData("--ConnectionStrings:Ioc=Host=x;Password=" + Secret)]
    [InlineData("ConnectionStrings:Ioc=Host=x;Password=" + Secret)]
    [InlineData("/ConnectionStrings:Ioc=" + Secret)]
    [InlineData("--Ioc:Test:ClientSecret=" + Secret)]
    [InlineData("--Ioc__Test__ClientSecret=" + Secret)]
    public async Task Secret_OnTheCommandLine_IsRefusedAndNotRepeated(string argument)
    {
        var (code, output) = await IocProcess.RunAsync(_files, [argument]);

        code.ShouldBe(7, output);
        output.ShouldContain("command line");
        output.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("ConnectionStrings:Ioc", true)]
    [InlineData("Ioc:Oidc:ClientSecret", true)]
    [InlineData("Ioc:Smtp:Password", true)]
    [InlineData("Ioc:SecretsDirectory", false)]
    [InlineData("Ioc:DataDirectory", false)]
    [InlineData("Ioc:Limits:KeyBurst", false)]
    public void Setting_IsASecretByItsName(string key, bool secret) => SecretSettings.IsSecret(key).ShouldBe(secret);
}
