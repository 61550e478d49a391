using System.Net;
using System.Net.WebSockets;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>Open connections of one person and of one display: browser tabs and reloads, not more.</summary>
public sealed class ConnectionLimitTests
{
    [Fact]
    public async Task Circuits_BeyondAPersons_AreRefusedAndOthersAreNot()
    {
        await using var host = await IocHost.StartAsync(new() { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:Limits:ConnectionsPerPerson"] = "2" } });
        using var person = await Visitor.OfAsync(host, Roles.Operator);
        using var other = await Visitor.OfAsync(host, Roles.Supervisor);
        using var one = await CircuitAsync(host, person);
        using var two = await CircuitAsync(host, person);

        (await Should.ThrowAsync<WebSocketException>(() => CircuitAsync(host, person))).Message.ShouldContain("429");
        var refused = await Answer.ReadAsync(await person.Client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null));
        refused.ShouldBeProblem(429);
        ((string?)refused.Json["code"]).ShouldBe("too-many-connections");
        using var others = await CircuitAsync(host, other);

        one.Abort();

        using var next = await EventuallyAsync(() => CircuitAsync(host, person));
        next.State.ShouldBe(WebSocketState.Open);
    }

    [Fact]
    public async Task Connections_BeyondADisplays_AreRefusedAndAnotherDisplaysAreNot()
    {
        await using var host = await IocHost.StartAsync(new() { Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:Limits:ConnectionsPerDisplay"] = "2" } });
        var (wall, otherWall) = (await PairedAsync(host, "Tường chính"), await PairedAsync(host, "Tường phụ"));
        await using var one = await ConnectAsync(host, wall);
        await using var two = await ConnectAsync(host, wall);

        (await Should.ThrowAsync<HttpRequestException>(() => ConnectAsync(host, wall))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await using var other = await ConnectAsync(host, otherWall);

        await one.DisposeAsync();

        await using var next = await EventuallyAsync(() => ConnectAsync(host, wall));
        next.State.ShouldBe(HubConnectionState.Connected);
    }

    // Without negotiation, as the browser's script does where WebSockets are all that is used.
    private static async Task<ClientWebSocket> CircuitAsync(IocHost host, Visitor person)
    {
        var circuit = new ClientWebSocket();
        circuit.Options.SetRequestHeader("Cookie", person.CookiesFor(host.BaseAddress));
        circuit.Options.SetRequestHeader("X-Forwarded-For", "10.1.1.1");
        try
        {
            await circuit.ConnectAsync(new UriBuilder(host.BaseAddress) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
            return circuit;
        }
        catch
        {
            circuit.Dispose();
            throw;
        }
    }

    /// <returns>The screen's cookies.</returns>
    private static async Task<string> PairedAsync(IocHost host, string name)
    {
        using var screen = new Visitor(host);
        var code = DisplayTests.CodeOf(await screen.Client.GetStringAsync("/wall/pair"));
        (await host.Services.GetRequiredService<Pairings>().AuthoriseAsync(code, name, "Phòng điều hành", AuditActor.Itself, CancellationToken.None)).ShouldBe(PairingOutcome.Paired);
        using var ready = await screen.Client.GetAsync("/wall/pairing");
        using var taken = await screen.Client.GetAsync("/wall/pair");
        return screen.CookiesFor(host.BaseAddress);
    }

    private static async Task<HubConnection> ConnectAsync(IocHost host, string cookies)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(host.BaseAddress, "/hubs/live"), o =>
        {
            o.Headers["Cookie"] = cookies;
            o.Headers["X-Forwarded-For"] = "10.1.1.1";
        }).Build();
        await hub.StartAsync();
        return hub;
    }

    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> attempt)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception failure) when (failure is HttpRequestException or WebSocketException && i < 50)
            {
                await Task.Delay(100);
            }
        }
    }
}
