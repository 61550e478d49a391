using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Platform;

/// <summary>While the database is away, callers are told to come back, and the process stays alive.</summary>
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task Database_Away_IsSaidByEachEntranceInItsOwnWay()
    {
        await using var server = await PostgresServer.StartAsync(durable: false);
        await using var host = await IocHost.StartAsync(new IocHostOptions { ConnectionString = await server.CreateDatabaseAsync() });

        var (_, token) = await host.Services.GetRequiredService<MachineKeys>().AddAsync("SYT", [KeyScopes.Submit], expiresAt: null, "test");

        await server.DisposeAsync();

        (await host.Client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var ready = await host.Client.GetAsync("/readyz");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("\"name\":\"database\",\"ready\":false");

        using var call = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions") { Content = new StringContent("{}") };
        call.Headers.Authorization = new("Bearer", token);
        using var answer = await host.Client.SendAsync(call);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");

        using var signIn = new HttpRequestMessage(HttpMethod.Get, "/signin");
        signIn.Headers.Add("Accept", "text/html");
        using var page = await host.Client.SendAsync(signIn);
        if (page.StatusCode != HttpStatusCode.OK)
        {
            page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await page.Content.ReadAsStringAsync()).ShouldContain("http-equiv=\"refresh\"");
        }
    }

    [Fact]
    public async Task Centre_AskedToStopWhileTheDatabaseIsAway_Stops()
    {
        await using var server = await PostgresServer.StartAsync(durable: false);
        await using var centre = await IocProcess.StartAsync(environment: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Ioc"] = await server.CreateDatabaseAsync(),
        });
        await server.DisposeAsync();
        while (await centre.IsReadyAsync()) await Task.Delay(100);
        // Until the scheduler has met the absence too: it looks every few seconds.
        await Task.Delay(TimeSpan.FromSeconds(8));

        (await centre.StopAsync().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(0, centre.Output);
    }
}
