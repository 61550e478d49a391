using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform;

namespace IocDashboard.Integration.Tests.Platform;

public sealed class RunningHost : IAsyncLifetime
{
    public IocHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await IocHost.StartAsync();

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}

/// <summary>What stands around every request: health, build, metrics, headers, languages, errors, logs.</summary>
public sealed class HttpTests(RunningHost running) : IClassFixture<RunningHost>
{
    private IocHost Host => running.Host;

    [Fact]
    public async Task Healthz_ProcessAnswers_IsOk() => (await Host.Client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Readyz_AllIsWell_NamesEveryPart()
    {
        var ready = await WaitUntilReadyAsync();

        ready["status"]!.GetValue<string>().ShouldBe("ready");
        ready["checks"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ShouldBe(["database", "schema", "scheduler", "jobs", "live"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("/nonsense", "127.0.0.1")]
    [InlineData("/console/nonsense/deeper", "127.0.0.1")]
    [InlineData("/nonsense", "ioc.example")]
    public async Task Address_OfNothing_IsNotFoundWhoeverAsks(string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        request.Headers.Accept.ParseAdd("text/html");

        using var answer = await Host.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Không tìm thấy trang");
    }

    [Fact]
    public async Task Root_LeadsToTheConsole()
    {
        using var answer = await Host.Client.GetAsync("/");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/console");
    }

    [Fact]
    public async Task Version_NamesReleaseAndBuild()
    {
        var version = JsonNode.Parse(await Host.Client.GetStringAsync("/version"))!;

        version["version"]!.GetValue<string>().ShouldBe(BuildInfo.Release);
        version["build"]!.GetValue<string>().ShouldBe(BuildInfo.Version);
    }

    [Fact]
    public async Task Metrics_ArePrometheusText_WithoutSecrets()
    {
        await Host.Client.GetStringAsync("/healthz");
        var metrics = await Host.Client.GetStringAsync("/metrics");

        metrics.ShouldContain("http_server_request_duration_seconds_bucket");
        metrics.ShouldContain("db_client_");
        metrics.ShouldContain("dotnet_gc");
        metrics.ShouldContain("ioc_board_lag");
        metrics.ShouldNotContain(new Npgsql.NpgsqlConnectionStringBuilder(Host.ConnectionString).Password!);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/wall")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/nothing")]
    public async Task Answer_OfAnyKind_CarriesTheSafetyHeaders(string path)
    {
        using var answer = await Host.Client.GetAsync(path);

        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"]);
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'self'");
    }

    [Fact]
    public async Task Language_AskedForOnce_IsKept()
    {
        (await PageAsync("/signin", cookie: null)).Language.ShouldBe("vi");
        (await PageAsync("/signin", cookie: null, acceptLanguage: "en-US")).Language.ShouldBe("vi");
        var asked = await PageAsync("/signin?lang=en", cookie: null);
        asked.Language.ShouldBe("en");
        var cookie = asked.Cookies.Single(c => c.StartsWith("ioc.language=", StringComparison.Ordinal)).Split(';')[0];

        (await PageAsync("/signin", cookie)).Language.ShouldBe("en");
        (await PageAsync("/signin?lang=vi", cookie)).Language.ShouldBe("vi");
        (await PageAsync("/signin?lang=xx", cookie: null)).Language.ShouldBe("vi");
    }

    [Fact]
    public async Task Page_InVietnamese_IsWrittenInLettersAndNotInNumbers()
    {
        var page = await Host.Client.GetStringAsync("/signin");

        page.ShouldContain("Đăng nhập");
        page.ShouldNotContain("&#x1");
    }

    [Fact]
    public async Task Logs_AfterCallsWithTokens_ContainNone()
    {
        const string token = "ioc_thisTokenMustNotBeLogged";
        using var call = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/submissions?access_token={token}") { Content = new StringContent($$"""{"messageId":"payload-must-not-be-logged"}""") };
        call.Headers.Authorization = new("Bearer", token);
        await Host.Client.SendAsync(call);
        await Host.Client.PostAsync($"/hubs/live/negotiate?access_token={token}", content: null);

        var log = await ReadLogAsync();

        log.ShouldContain("/api/v1/submissions");
        log.ShouldContain("answered 401");
        log.ShouldNotContain("MustNotBeLogged");
        log.ShouldNotContain("must-not-be-logged");
    }

    private async Task<JsonNode> WaitUntilReadyAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var answer = await Host.Client.GetAsync("/readyz");
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK || attempt == 100) return JsonNode.Parse(body)!;
            await Task.Delay(100);
        }
    }

    private async Task<(string Language, string[] Cookies)> PageAsync(string path, string? cookie, string? acceptLanguage = null)
    {
        using var call = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null) call.Headers.Add("Cookie", cookie);
        if (acceptLanguage is not null) call.Headers.Add("Accept-Language", acceptLanguage);
        using var answer = await Host.Client.SendAsync(call);
        var page = await answer.Content.ReadAsStringAsync();
        var language = page.Split("<html lang=\"")[1].Split('"')[0];
        return (language, answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : []);
    }

    private async Task<string> ReadLogAsync()
    {
        var text = "";
        for (var attempt = 0; attempt < 50 && !text.Contains("answered 401", StringComparison.Ordinal); attempt++)
        {
            await Task.Delay(50);
            await using var file = new FileStream(Directory.GetFiles(Path.Combine(Host.DataDirectory, "logs")).Single(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            text = await new StreamReader(file).ReadToEndAsync();
        }
        return text;
    }
}
