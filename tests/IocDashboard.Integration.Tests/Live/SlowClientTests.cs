using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Live.Frames;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Live;

public sealed class SlowClientTests
{
    private const int Rounds = 24;
    private const char EndOfMessage = (char)0x1e;

    [Fact]
    public async Task SlowClient_GetsTheLatestState_AndHoldsNobodyUp()
    {
        await using var host = await IocHost.StartAsync();
        var snapshot = host.Services.GetRequiredService<CatalogueCache>().Current;
        await BoardRows.EventuallyAsync(() => host.Board().Current.Version, v => v > 0);
        await host.AgreeOnAllAsync("IOC");
        var indicators = snapshot.IndicatorList.Select(i => i.Code).ToArray();
        await SetAllAsync(host, 1);
        using var slow = await SlowSubscriberAsync(host, indicators);
        await using var quick = await LiveHubTests.ConnectAsync(host, messagePack: true);
        var frames = LiveHubTests.Listen<Frame<TileValue>>(quick);
        await quick.InvokeAsync<Frame<TileValue>>("SubscribeValues", indicators, null);

        // Each round changes every series: some 350 KB that the slow client does not read.
        for (var round = 2; round <= Rounds; round++)
        {
            await SetAllAsync(host, round);
            await BoardRows.EventuallyAsync(() => frames.Snapshot().LastOrDefault()?.Tiles.LastOrDefault()?.Value, v => v == round, seconds: 3);
        }

        // The quick one saw an unbroken sequence; the slow one now reads, and ends on the newest state without having been sent all.
        var sequence = frames.Snapshot().Select(f => f.Seq).ToList();
        sequence.ShouldBe(Enumerable.Range((int)sequence[0], sequence.Count).Select(i => (long)i));
        var (received, last) = await ReadUntilAsync(slow, Rounds);
        received.ShouldBeLessThan(Rounds - 2);
        last["full"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static async Task SetAllAsync(IocHost host, int value)
    {
        await using var command = host.Database.CreateCommand(
            """
            with day as (select (date_trunc('day', now() at time zone 'Asia/Ho_Chi_Minh') - interval '1 day') at time zone 'Asia/Ho_Chi_Minh' as key), written as (
                insert into current_value (series_id, time_key, rhythm, revision, value, status, verification, seq, recorded_at, received_at, recent_keys, recent_values)
                select id, day.key, 'D', 1, $1, 2, 0, 1, now(), now(), array[day.key], array[$1::numeric] from series, day
                on conflict (series_id) do update set value = excluded.value returning series_id)
            insert into change (series, at) select array_agg(series_id), now() from written
            """);
        command.Parameters.AddWithValue((decimal)value);
        await command.ExecuteNonQueryAsync();
        host.Pulse();
    }

    /// <summary>A bare WebSocket with a small receive window that sends its subscription and then does not read.</summary>
    private static async Task<ClientWebSocket> SlowSubscriberAsync(IocHost host, string[] indicators)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8 * 1024 };
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var client = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await client.ConnectAsync(new UriBuilder(host.BaseAddress) { Scheme = "ws", Path = "/hubs/live" }.Uri, invoker, CancellationToken.None);
        await SendAsync(new JsonObject { ["protocol"] = "json", ["version"] = 1 });
        await SendAsync(new JsonObject
        {
            ["type"] = 1, ["invocationId"] = "1", ["target"] = "SubscribeValues",
            ["arguments"] = new JsonArray(new JsonArray([.. indicators.Select(i => (JsonNode)i)]), null),
        });
        return client;

        Task SendAsync(JsonObject message) => client.SendAsync(
            Encoding.UTF8.GetBytes(message.ToJsonString() + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    private static async Task<(int Frames, JsonNode Last)> ReadUntilAsync(ClientWebSocket client, int value)
    {
        var (buffer, text, frames) = (new byte[64 * 1024], new StringBuilder(), 0);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var decoder = Encoding.UTF8.GetDecoder();
        var chars = new char[buffer.Length];
        while (true)
        {
            var part = await client.ReceiveAsync(buffer, limit.Token);
            text.Append(chars, 0, decoder.GetChars(buffer, 0, part.Count, chars, 0));
            var all = text.ToString();
            var end = all.LastIndexOf(EndOfMessage);
            if (end < 0) continue;
            text.Clear().Append(all, end + 1, all.Length - end - 1);
            foreach (var message in all[..end].Split(EndOfMessage))
            {
                if (JsonNode.Parse(message) is not JsonObject json || json["target"]?.GetValue<string>() != "Frame") continue;
                frames++;
                var frame = json["arguments"]![0]!;
                if (frame["tiles"]!.AsArray().LastOrDefault()?["value"]?.GetValue<decimal>() == value) return (frames, frame);
            }
        }
    }
}
