using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>Displays without a browser: SignalR connections over WebSockets, each subscribed to the wall.</summary>
internal sealed class Displays(Uri hub) : IAsyncDisposable
{
    private const int ConnectTogether = 32;
    private readonly ConcurrentBag<HubConnection> _connections = [];

    private int _frames;

    public int Count => _connections.Count;
    public int Frames => _frames;

    public async Task ConnectAsync(int upTo)
    {
        await Parallel.ForEachAsync(Enumerable.Range(Count, Math.Max(0, upTo - Count)), new ParallelOptions { MaxDegreeOfParallelism = ConnectTogether }, async (_, cancellation) =>
        {
            var connection = new HubConnectionBuilder().WithUrl(hub, o =>
            {
                o.Transports = HttpTransportType.WebSockets;
                o.SkipNegotiation = true;
            }).Build();
            connection.On<JsonElement>("Frame", _ => Interlocked.Increment(ref _frames));
            await connection.StartAsync(cancellation);
            await connection.InvokeAsync<JsonElement>("Subscribe", "wall/overview", "vi", cancellation);
            _connections.Add(connection);
        });
    }

    public async ValueTask DisposeAsync() =>
        await Parallel.ForEachAsync(_connections, new ParallelOptions { MaxDegreeOfParallelism = ConnectTogether }, async (connection, _) => await connection.DisposeAsync());
}
