using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>The application with a route for each policy, and a clock that tests turn.</summary>
public sealed class GuardedRoutes : IAsyncLifetime
{
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    public IocHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await IocHost.StartAsync(new()
    {
        Time = Clock,
        Routes = routes =>
        {
            routes.MapGet("/api/test/submit", (HttpContext http) => http.User.FindFirst(AccessClaims.Agency)!.Value).RequireAuthorization(Policies.SubmitApi);
            routes.MapGet("/api/test/read", () => "read").RequireAuthorization(Policies.ReadApi);
            routes.MapGet("/api/test/closed", () => "closed");
            routes.MapGet("/hubs/test", () => "hub").RequireAuthorization(Policies.Listen);
            routes.MapGet("/test/page", () => "page").RequireAuthorization(Policies.View);
            routes.MapGet("/test/operate", () => "operate").RequireAuthorization(Policies.Operate);
        },
    });

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

public sealed class MachineKeyTests(GuardedRoutes guarded) : IClassFixture<GuardedRoutes>
{
    private readonly FakeTimeProvider _clock = guarded.Clock;
    private readonly IocHost _host = guarded.Host;

    private MachineKeys Keys => _host.Services.GetRequiredService<MachineKeys>();

    [Fact]
    public async Task Key_OfTheScope_IsAdmittedWithItsAgency()
    {
        var token = await Add("SYT", KeyScopes.Submit);
        (await Get("/api/test/submit", token)).ShouldBe((HttpStatusCode.OK, "SYT"));
    }

    [Fact]
    public async Task NoToken_Is401WithItsCode() =>
        (await GetProblem("/api/test/submit", null)).ShouldBe((HttpStatusCode.Unauthorized, "no-token"));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ioc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task UnknownToken_IsBad(string token) =>
        (await GetProblem("/api/test/submit", token)).ShouldBe((HttpStatusCode.Unauthorized, "bad-token"));

    [Fact]
    public async Task Key_OfAnotherScope_Is403()
    {
        var token = await Add("SYT", KeyScopes.Read);
        (await GetProblem("/api/test/submit", token)).ShouldBe((HttpStatusCode.Forbidden, "missing-scope"));
    }

    [Fact]
    public async Task Key_PastItsExpiry_IsRefused()
    {
        var (_, token) = await Keys.AddAsync("SYT", [KeyScopes.Submit], _clock.GetUtcNow().AddHours(1), "test");
        (await Get("/api/test/submit", token)).Status.ShouldBe(HttpStatusCode.OK);

        _clock.Advance(TimeSpan.FromHours(1));

        (await GetProblem("/api/test/submit", token)).ShouldBe((HttpStatusCode.Unauthorized, "expired-token"));
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedAtOnce()
    {
        var (key, token) = await Keys.AddAsync("SYT", [KeyScopes.Submit], null, "test");
        (await Get("/api/test/submit", token)).Status.ShouldBe(HttpStatusCode.OK);

        (await Keys.RevokeAsync(key.Id)).ShouldBeTrue();

        (await GetProblem("/api/test/submit", token)).ShouldBe((HttpStatusCode.Unauthorized, "bad-token"));
    }

    [Fact]
    public async Task Key_RevokedByAnotherNode_IsRefusedWithinSeconds()
    {
        var (key, token) = await Keys.AddAsync("SYT", [KeyScopes.Submit], null, "test");
        await Get("/api/test/submit", token);
        await using (var elsewhere = _host.Database.CreateCommand("update ioc.machine_key set revoked_at = now() where id = $1"))
        {
            elsewhere.Parameters.Add(new() { Value = key.Id });
            await elsewhere.ExecuteNonQueryAsync();
        }

        _clock.Advance(MachineKeyCache.TrustFor);

        (await GetProblem("/api/test/submit", token)).ShouldBe((HttpStatusCode.Unauthorized, "bad-token"));
    }

    [Fact]
    public async Task Token_IsNotInTheDatabase()
    {
        var token = await Add("SYT", KeyScopes.Submit);
        await using var rows = _host.Database.CreateCommand("select string_agg(k::text, ' ') from ioc.machine_key k");
        ((string)(await rows.ExecuteScalarAsync())!).ShouldNotContain(token[4..]);
        token.Length.ShouldBeGreaterThanOrEqualTo(4 + 43);
    }

    [Fact]
    public async Task LastUse_IsWrittenOnceAMinute()
    {
        var (key, token) = await Keys.AddAsync("SYT", [KeyScopes.Submit], null, "test");
        var first = _clock.GetUtcNow();
        await Get("/api/test/submit", token);
        _clock.Advance(TimeSpan.FromSeconds(50));
        await Get("/api/test/submit", token);
        (await Keys.ListAsync()).Single(k => k.Id == key.Id).LastUsedAt.ShouldBe(first);

        _clock.Advance(TimeSpan.FromSeconds(10));
        await Get("/api/test/submit", token);
        (await Keys.ListAsync()).Single(k => k.Id == key.Id).LastUsedAt.ShouldBe(_clock.GetUtcNow());
    }

    [Fact]
    public async Task Token_InTheQuery_CountsForHubsOnly()
    {
        var token = await Add("IOC", KeyScopes.Read);
        (await Get("/hubs/test?access_token=" + token, null, remote: true)).Status.ShouldBe(HttpStatusCode.OK);
        (await Get("/api/test/read?access_token=" + token, null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task SubmitKey_MayNotLook()
    {
        var token = await Add("SYT", KeyScopes.Submit);
        (await GetProblem("/hubs/test", token)).ShouldBe((HttpStatusCode.Forbidden, "missing-scope"));
    }

    [Fact]
    public async Task ThisMachine_MayLookButNotOperateNorRead()
    {
        (await Get("/test/page", null)).ShouldBe((HttpStatusCode.OK, "page"));
        (await Get("/hubs/test", null)).Status.ShouldBe(HttpStatusCode.OK);
        (await Get("/test/operate", null)).Status.ShouldBe(HttpStatusCode.Redirect);
        (await Get("/api/test/read", null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await Get("/api/test/closed", null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Forwarded_IsNotThisMachine()
    {
        (await Get("/hubs/test", null, remote: true)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/test/page") { Headers = { { "Forwarded", "for=10.1.1.1" } } };
        using var answer = await _host.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldBe("/signin?returnUrl=%2Ftest%2Fpage");
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "rebound.example", HttpStatusCode.Unauthorized)]
    public async Task ForeignPage_OnThisMachine_MayNotLook(string header, string value, HttpStatusCode refusal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hubs/test");
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await _host.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(refusal);
    }

    [Fact]
    public async Task Problem_IsInTheCallersLanguage()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/test/read") { Headers = { { "Accept-Language", "en" } } };
        using var answer = await _host.Client.SendAsync(request);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("detail").GetString()!.ShouldContain("token");
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
    }

    private async Task<string> Add(string agency, string scope) => (await Keys.AddAsync(agency, [scope], null, "test")).Token;

    private async Task<(HttpStatusCode Status, string Body)> Get(string path, string? token, bool remote = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (remote) request.Headers.Add("X-Forwarded-For", "10.1.1.1");
        using var answer = await _host.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string? Code)> GetProblem(string path, string? token)
    {
        var (status, body) = await Get(path, token);
        return (status, JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
    }
}
