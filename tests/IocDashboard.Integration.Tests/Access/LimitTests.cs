using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Limits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IocDashboard.Tests.Access;

/// <summary>Nobody takes more than a share: of calls, of guesses, of connections, of the server's patience.</summary>
public sealed class LimitTests
{
    private const string Elsewhere = "10.2.2.2", AlsoElsewhere = "10.3.3.3";

    [Fact]
    public async Task Key_ThatCallsTooMuch_IsTurnedAwayInBothLanguagesAndOthersAreNot()
    {
        await using var host = await StartAsync(("KeyBurst", 3), ("KeyCallsPerSecond", 1));
        var (busy, quiet) = (await KeyAsync(host, "SYT"), await KeyAsync(host, "CTK"));
        for (var i = 0; i < 3; i++) (await GetAsync(host, "/api/v1/agencies", busy)).ShouldBe(HttpStatusCode.OK);

        var refused = await GetAsync(host, "/api/v1/agencies", busy);
        var english = await GetAsync(host, "/api/v1/agencies", busy, language: "en");

        refused.ShouldBeProblem(429);
        ((string?)refused.Json["code"]).ShouldBe("too-many-requests");
        refused.RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        ((string)refused.Json["detail"]!).ShouldContain("quá nhiều yêu cầu");
        ((string)english.Json["detail"]!).ShouldStartWith("Too many requests");
        (await GetAsync(host, "/api/v1/agencies", quiet)).ShouldBe(HttpStatusCode.OK);
        await Task.Delay(refused.RetryAfter.Value);
        // The bucket is filled by a timer, which a busy machine runs late.
        var later = await GetAsync(host, "/api/v1/agencies", busy);
        for (var i = 0; i < 20 && later.Status == HttpStatusCode.TooManyRequests; i++)
        {
            await Task.Delay(500);
            later = await GetAsync(host, "/api/v1/agencies", busy);
        }

        later.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Address_ThatAsksTooMuch_IsTurnedAwayAndHealthAnswers()
    {
        await using var host = await StartAsync(("AddressBurst", 5), ("AddressCallsPerSecond", 1));
        // The first page of a host is slow to draw.
        (await GetAsync(host, "/signin", address: "10.4.4.4")).ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 5; i++) (await GetAsync(host, "/signin", address: Elsewhere)).ShouldBe(HttpStatusCode.OK);
        await GetAsync(host, "/signin", address: Elsewhere);

        var page = await GetAsync(host, "/signin", address: Elsewhere, accept: "text/html");
        var call = await GetAsync(host, "/api/v1/agencies", address: Elsewhere);
        var nothing = await GetAsync(host, "/nothing", address: Elsewhere);

        page.ShouldBe(HttpStatusCode.TooManyRequests);
        page.MediaType.ShouldBe("text/html");
        WebUtility.HtmlDecode(page.Text).ShouldContain("Quá nhiều yêu cầu");
        page.RetryAfter.ShouldNotBeNull();
        call.ShouldBeProblem(429);
        nothing.ShouldBe(HttpStatusCode.TooManyRequests);
        (await GetAsync(host, "/signin", address: AlsoElsewhere)).ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { "/healthz", "/readyz", "/version", "/metrics" })
            for (var i = 0; i < 8; i++) (await GetAsync(host, path, address: Elsewhere)).Status.ShouldNotBe(HttpStatusCode.TooManyRequests, path);
    }

    [Fact]
    public async Task Person_WhoAsksTooMuch_IsTurnedAwayFromAnyAddress()
    {
        await using var host = await StartAsync(("PersonBurst", 4), ("PersonCallsPerSecond", 1));
        using var person = await Visitor.OfAsync(host, Roles.Operator);
        using var other = await Visitor.OfAsync(host, Roles.Auditor);
        for (var i = 0; i < 4; i++) (await person.Client.GetAsync("/console/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        person.Client.DefaultRequestHeaders.Remove("X-Forwarded-For");
        person.Client.DefaultRequestHeaders.Add("X-Forwarded-For", AlsoElsewhere);
        (await person.Client.GetAsync("/console/audit")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await other.Client.GetAsync("/console/audit")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesser_IsTurnedAwayBeforeTheDatabaseIsAsked()
    {
        await using var host = await StartAsync(("FailuresPerMinute", 5));
        var token = await KeyAsync(host, "SYT");
        (await GetAsync(host, "/api/v1/agencies", token, Elsewhere)).ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 5; i++) (await GetAsync(host, "/api/v1/agencies", MachineToken.Create(), Elsewhere)).ShouldBe(HttpStatusCode.Unauthorized);

        // Whoever asks for a token now gets an error of the database.
        await using (var hidden = host.Database.CreateCommand("alter table ioc.machine_key rename to hidden")) await hidden.ExecuteNonQueryAsync();
        var refused = await GetAsync(host, "/api/v1/agencies", MachineToken.Create(), Elsewhere);
        refused.ShouldBeProblem(429);
        refused.RetryAfter.ShouldNotBeNull();
        (await GetAsync(host, "/hubs/live/negotiate?access_token=" + MachineToken.Create(), address: Elsewhere)).ShouldBeProblem(429);
        (await GetAsync(host, "/wall", address: Elsewhere, cookie: "ioc.display=" + MachineToken.Create())).ShouldBe(HttpStatusCode.TooManyRequests);
        (await GetAsync(host, "/api/v1/agencies", MachineToken.Create(), AlsoElsewhere)).ShouldBe(HttpStatusCode.InternalServerError);
        await using (var back = host.Database.CreateCommand("alter table ioc.hidden rename to machine_key")) await back.ExecuteNonQueryAsync();

        // A key that has held before is not kept out, nor is whoever shows none.
        (await GetAsync(host, "/api/v1/agencies", token, Elsewhere)).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(host, "/signin", address: Elsewhere)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Connections_BeyondTheKeysOrTheAddresss_AreRefusedAndSayWhy()
    {
        await using var host = await StartAsync(("ConnectionsPerKey", 2), ("ConnectionsPerAddress", 3));
        var (first, second) = (await KeyAsync(host, "SYT", KeyScopes.Read), await KeyAsync(host, "CTK", KeyScopes.Read));
        await using var one = await ConnectAsync(host, first, Elsewhere);
        await using var two = await ConnectAsync(host, first, AlsoElsewhere);

        (await Should.ThrowAsync<HttpRequestException>(() => ConnectAsync(host, first, "10.4.4.4"))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var refused = await GetAsync(host, "/hubs/live/negotiate?negotiateVersion=1", first, "10.4.4.4", post: true);
        refused.ShouldBeProblem(429);
        ((string?)refused.Json["code"]).ShouldBe("too-many-connections");
        refused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        await using var three = await ConnectAsync(host, second, Elsewhere);
        await using var four = await ConnectAsync(host, second, Elsewhere);
        var third = await KeyAsync(host, "SGD", KeyScopes.Read);
        (await Should.ThrowAsync<HttpRequestException>(() => ConnectAsync(host, third, Elsewhere))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        await one.DisposeAsync();

        await using var five = await EventuallyAsync(() => ConnectAsync(host, first, "10.4.4.4"));
    }

    [Fact]
    public async Task Channels_OfOneConnection_AreLimited()
    {
        await using var host = await StartAsync(("ChannelsPerConnection", 2));
        await using var hub = await ConnectAsync(host, await KeyAsync(host, "IOC", KeyScopes.Read), Elsewhere);
        await hub.InvokeAsync<object>("SubscribeValues", new[] { "GD04" }, "vi");
        await hub.InvokeAsync<object>("SubscribeValues", new[] { "KT03" }, "vi");

        (await Should.ThrowAsync<HubException>(() => hub.InvokeAsync<object>("SubscribeValues", new[] { "GD04", "KT03" }, "vi"))).Message.ShouldContain("too-many-channels");
        await hub.InvokeAsync("Unsubscribe", "values/GD04");
        await hub.InvokeAsync<object>("SubscribeValues", new[] { "GD04", "KT03" }, "vi");
    }

    [Fact]
    public async Task Message_OfAHub_ThatIsTooLong_EndsTheConnection()
    {
        await using var host = await StartAsync();
        await using var hub = await ConnectAsync(host, await KeyAsync(host, "IOC", KeyScopes.Read), Elsewhere);
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        await Should.ThrowAsync<Exception>(() => hub.InvokeAsync<object>("Subscribe", new string('x', (int)ServerLimits.MostHubMessageBytes), "vi"));
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Form_ThatIsTooLarge_IsRefused()
    {
        await using var host = await StartAsync();
        using var body = new StringContent("__RequestVerificationToken=x&Form.UserName=" + new string('a', (int)ServerLimits.MostFormBytes), Encoding.ASCII, MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded"));

        using var answer = await host.Client.PostAsync("/signin", body);

        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest);
        var server = host.Services.GetRequiredService<IOptions<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>>().Value;
        (server.AddServerHeader, server.Limits.MaxConcurrentConnections, server.Limits.MaxConcurrentUpgradedConnections).ShouldBe((false, 5_000, 2_500));
    }

    [Fact]
    public async Task Server_WithEveryConnectionTaken_TakesNoFurtherOne()
    {
        await using var host = await StartAsync(("Connections", 2));
        var held = new List<TcpClient>();
        for (var i = 0; i < 2; i++)
        {
            held.Add(new());
            await held[^1].ConnectAsync(host.BaseAddress.Host, host.BaseAddress.Port);
        }

        await Task.Delay(200);
        await Should.ThrowAsync<HttpRequestException>(() => host.Client.GetAsync("/healthz"));
        held.ForEach(c => c.Dispose());
        (await EventuallyAsync(() => host.Client.GetAsync("/healthz"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void Address_OfIPv6_IsItsNetwork(string address, string counted) => Address.Of(IPAddress.Parse(address)).ShouldBe(counted);

    [Fact]
    public async Task Setting_ThatIsNoLimit_KeepsTheCentreFromStarting()
    {
        var (code, output) = await IocProcess.RunAsync(TestPaths.NewDirectory("limits"), [], new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc__Limits__KeyBurst"] = "0" });

        code.ShouldBe(7);
        output.ShouldContain("Ioc__Limits__KeyBurst");
    }

    private static Task<IocHost> StartAsync(params (string Name, int Value)[] limits) => IocHost.StartAsync(new()
    {
        Settings = limits.ToDictionary(l => "Ioc:Limits:" + l.Name, l => (string?)l.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal),
    });

    private static async Task<string> KeyAsync(IocHost host, string agency, string scope = KeyScopes.Submit) =>
        (await host.Services.GetRequiredService<MachineKeys>().AddAsync(agency, [scope], null, "test")).Token;

    private static async Task<HubConnection> ConnectAsync(IocHost host, string token, string address)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(host.BaseAddress, "/hubs/live"), o =>
        {
            o.AccessTokenProvider = () => Task.FromResult<string?>(token);
            o.Headers["X-Forwarded-For"] = address;
        }).Build();
        await hub.StartAsync();
        return hub;
    }

    private static async Task<Answer> GetAsync(
        IocHost host, string path, string? token = null, string address = "10.1.1.1", string language = "vi", string? accept = null, string? cookie = null, bool post = false)
    {
        using var request = new HttpRequestMessage(post ? HttpMethod.Post : HttpMethod.Get, path) { Headers = { { "X-Forwarded-For", address }, { "Accept-Language", language } } };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (accept is not null) request.Headers.Add("Accept", accept);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await host.Client.SendAsync(request);
        return await Answer.ReadAsync(answer);
    }

    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> attempt)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await attempt();
            }
            catch (HttpRequestException) when (i < 20)
            {
                await Task.Delay(100);
            }
        }
    }
}
