using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// Keeps the connections of <see cref="LiveHub"/> so that a frame is serialised once and written to each by itself:
/// SignalR's own group send waits for its slowest member.
/// </summary>
internal sealed class LiveConnections(ILogger<DefaultHubLifetimeManager<LiveHub>> log) : DefaultHubLifetimeManager<LiveHub>(log)
{
    private readonly ConcurrentDictionary<string, LiveConnection> _connections = new(StringComparer.Ordinal);

    public int Count => _connections.Count;

    /// <summary>Connections by a claim that is an id: a display's, a key's.</summary>
    public ILookup<Guid, LiveConnection> By(string claim) => _connections.Values
        .Select(c => (Id: c.Claim(claim), Connection: c)).Where(c => c.Id is not null)
        .ToLookup(c => Guid.Parse(c.Id!), c => c.Connection);

    public LiveConnection? Find(string connectionId) => _connections.GetValueOrDefault(connectionId);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _connections[connection.ConnectionId] = new LiveConnection(connection);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _connections.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}
