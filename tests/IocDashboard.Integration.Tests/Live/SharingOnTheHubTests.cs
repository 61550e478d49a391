using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Live;

public sealed class SharingOnTheHubTests
{
    [Fact]
    public async Task Machine_OnAWallsChannel_GetsNoFigureThatItsAgencyMayNotRead()
    {
        await using var host = await IocHost.StartAsync();
        await BoardRows.EventuallyAsync(() => host.Board().Current.Version, v => v > 0);
        await using (var connection = await host.Database.OpenConnectionAsync())
            await connection.PutHeadAsync(host.Series("CN06", "QNM").Id, TimeProvider.System.GetUtcNow(), 321.4m, TimeProvider.System.GetUtcNow());
        host.Pulse();
        await BoardRows.EventuallyAsync(() => host.Board().Current.Find("CN06", "QNM")?.Value, v => v == 321.4m);
        await host.AgreeAsync("CN06", "IOC");
        var (_, token) = await host.Services.GetRequiredService<MachineKeys>().AddAsync("SYT", [KeyScopes.Read], null, "test");
        await using var machine = new HubConnectionBuilder()
            .WithUrl(new Uri(host.BaseAddress, "/hubs/live"), o => o.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();
        await machine.StartAsync();
        await using var display = await LiveHubTests.ConnectAsync(host, messagePack: false);

        var forMachine = await machine.InvokeAsync<Frame<TileHtml>>("Subscribe", "wall/default", "vi");
        var forDisplay = await display.InvokeAsync<Frame<TileHtml>>("Subscribe", "wall/default", "vi");

        // CN06, power load, is of sharing class specific and belongs to the power company; the operating unit has an agreement.
        forDisplay.Tiles.ShouldContain(t => t.Html.Contains("321,4", StringComparison.Ordinal));
        forMachine.Tiles.ShouldNotContain(t => t.Html.Contains("321,4", StringComparison.Ordinal));
        using var page = new HttpRequestMessage(HttpMethod.Get, "/wall") { Headers = { Authorization = new("Bearer", token) } };
        using var answer = await host.Client.SendAsync(page);
        answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }
}
