using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Live.Frames;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Live;

public sealed class LiveHubTests
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Yesterday in the province: on the machine's clock a day that is written down grows old, and its figures with it.</summary>
    private static DateTimeOffset Day
    {
        get
        {
            var zone = TimeSpan.FromHours(7);
            return new DateTimeOffset(Now.ToOffset(zone).Date.AddDays(-1), zone).ToUniversalTime();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Subscriber_OfValues_GetsTheSnapshotAndThenWhatChanged(bool messagePack)
    {
        await using var host = await StartAsync();
        await PutAsync(host, "GD04", "QNM", 97.4m);
        await using var client = await ConnectAsync(host, messagePack);
        var frames = Listen<Frame<TileValue>>(client);

        var snapshot = await client.InvokeAsync<Frame<TileValue>>("SubscribeValues", new[] { "GD04" }, "en");
        await PutAsync(host, "GD04", "TKY", 91.5m);
        var frame = await BoardRows.EventuallyAsync(() => frames.Snapshot().LastOrDefault(f => f.Tiles.Count > 0), f => f is not null);

        snapshot.Full.ShouldBeTrue();
        var shown = snapshot.Tiles.Single(t => t.Id == "GD04/QNM");
        (shown.Value, shown.Unit, shown.Status, shown.State).ShouldBe((97.4m, "%", "final", "normal"));
        frame!.Tiles.Single().ShouldSatisfyAllConditions(
            t => t.Id.ShouldBe("GD04/TKY"), t => t.Value.ShouldBe(91.5m), t => t.State.ShouldBe("warning"));
        frame.Epoch.ShouldBe(snapshot.Epoch);
        frames.Snapshot().Select(f => f.Seq).ShouldBe(Enumerable.Range(1, frames.Snapshot().Count).Select(i => snapshot.Seq + i));
    }

    [Fact]
    public async Task Subscriber_OfAWall_GetsRenderedTilesInItsLanguage()
    {
        await using var host = await StartAsync();
        await using var client = await ConnectAsync(host, messagePack: false);
        await using var english = await ConnectAsync(host, messagePack: false);
        var frames = Listen<Frame<TileHtml>>(client);

        var vi = await client.InvokeAsync<Frame<TileHtml>>("Subscribe", "wall/default", "vi");
        var en = await english.InvokeAsync<Frame<TileHtml>>("Subscribe", "wall/default", "en");
        await PutAsync(host, "GD04", "QNM", 93.25m);
        var frame = await BoardRows.EventuallyAsync(
            () => frames.Snapshot().LastOrDefault(f => f.Tiles.Any(t => t.Html.Contains("93,", StringComparison.Ordinal))), f => f is not null);

        vi.Tiles.Count.ShouldBeGreaterThan(24);
        en.Tiles.Select(t => t.Id).ShouldBe(vi.Tiles.Select(t => t.Id));
        string.Concat(en.Tiles.Select(t => t.Html)).ShouldNotBe(string.Concat(vi.Tiles.Select(t => t.Html)));
        frame!.Tiles.Count.ShouldBeLessThan(vi.Tiles.Count);
    }

    [Fact]
    public async Task Subscriber_ThatHearsNoChange_GetsAHeartbeat()
    {
        await using var host = await StartAsync();
        await using var client = await ConnectAsync(host, messagePack: false);
        var frames = Listen<Frame<TileValue>>(client);

        await client.InvokeAsync<Frame<TileValue>>("SubscribeValues", new[] { "KT03" }, null);

        var beat = await BoardRows.EventuallyAsync(() => frames.Snapshot().FirstOrDefault(), f => f is not null);
        beat!.Tiles.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unsubscribe_EndsTheFrames()
    {
        await using var host = await StartAsync();
        await using var client = await ConnectAsync(host, messagePack: false);
        var frames = Listen<Frame<TileValue>>(client);
        var snapshot = await client.InvokeAsync<Frame<TileValue>>("SubscribeValues", new[] { "GD04" }, null);

        await client.InvokeAsync("Unsubscribe", snapshot.Channel);
        var before = frames.Snapshot().Count;
        await PutAsync(host, "GD04", "HAN", 95m);
        await Task.Delay(900);

        frames.Snapshot().Count.ShouldBe(before);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Culture_LeftOut_IsVietnamese(bool messagePack)
    {
        await using var host = await StartAsync();
        await PutAsync(host, "PA02", "QNM", 86m);
        await using var client = await ConnectAsync(host, messagePack);

        var values = await client.InvokeAsync<Frame<TileValue>>("SubscribeValues", new[] { "PA02" });
        var wall = await client.InvokeAsync<Frame<TileHtml>>("Subscribe", "wall/default");
        var english = await client.InvokeAsync<Frame<TileValue>>("SubscribeValues", new[] { "PA02" }, "en");

        var indicator = host.Board().Current.Catalogue.Indicators["PA02"];
        indicator.Unit.Vi.ShouldNotBe(indicator.Unit.En);
        values.Tiles.Single(t => t.Id == "PA02/QNM").Unit.ShouldBe(indicator.Unit.Vi);
        english.Tiles.Single(t => t.Id == "PA02/QNM").Unit.ShouldBe(indicator.Unit.En);
        wall.Tiles.Count.ShouldBeGreaterThan(24);
        await Should.ThrowAsync<HubException>(() => client.InvokeAsync<object>("SubscribeValues"));
        await Should.ThrowAsync<HubException>(() => client.InvokeAsync<object>("SubscribeValues", new[] { "PA02" }, "en", "more"));
        await Should.ThrowAsync<HubException>(() => client.InvokeAsync<object>("Unsubscribe"));
    }

    [Fact]
    public async Task Subscribe_ToAnUnknownChannelOrIndicator_IsRefused()
    {
        await using var host = await StartAsync();
        await using var client = await ConnectAsync(host, messagePack: false);

        (await Should.ThrowAsync<HubException>(() => client.InvokeAsync<object>("Subscribe", "wall/nowhere", "vi"))).Message.ShouldContain("unknown-channel");
        (await Should.ThrowAsync<HubException>(() => client.InvokeAsync<object>("SubscribeValues", new[] { "XX99" }, "vi"))).Message.ShouldContain("unknown-indicator");
    }

    [Fact]
    public async Task Change_ReachesTheClient_WithinASecond()
    {
        await using var host = await StartAsync();
        await using var client = await ConnectAsync(host, messagePack: false);
        var frames = Listen<Frame<TileValue>>(client);
        await client.InvokeAsync<Frame<TileValue>>("SubscribeValues", new[] { "GD04" }, null);
        await Task.Delay(400);

        await PutAsync(host, "GD04", "DBN", 92m);

        await BoardRows.EventuallyAsync(() => frames.Snapshot().Any(f => f.Tiles.Count > 0), there => there, seconds: 1);
    }

    private static async Task<IocHost> StartAsync()
    {
        var host = await IocHost.StartAsync();
        await BoardRows.EventuallyAsync(() => host.Board().Current.Version, v => v > 0);
        return host;
    }

    private static async Task PutAsync(IocHost host, string indicator, string area, decimal value)
    {
        var series = host.Series(indicator, area).Id;
        await using (var connection = await host.Database.OpenConnectionAsync()) await connection.PutHeadAsync(series, Day, value, Now);
        host.Pulse();
        await BoardRows.EventuallyAsync(() => host.Board().Current.Figures[series].Value, v => v == value);
    }

    internal static async Task<HubConnection> ConnectAsync(IocHost host, bool messagePack)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(host.BaseAddress, "/hubs/live"));
        if (messagePack) builder.AddMessagePackProtocol();
        var client = builder.Build();
        await client.StartAsync();
        return client;
    }

    internal static Received<T> Listen<T>(HubConnection client)
    {
        var received = new Received<T>();
        client.On<T>("Frame", received.Add);
        return received;
    }

    internal sealed class Received<T>
    {
        private readonly List<T> _items = [];

        public void Add(T item)
        {
            lock (_items) _items.Add(item);
        }

        public IReadOnlyList<T> Snapshot()
        {
            lock (_items) return [.. _items];
        }
    }
}
