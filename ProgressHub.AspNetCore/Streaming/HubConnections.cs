using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// SignalR's own bookkeeping of connections and groups, plus a way to reach one connection: a send to a group waits for
/// its slowest member, and watchers must not wait for each other.
/// </summary>
internal sealed class HubConnections(ILogger<DefaultHubLifetimeManager<JobHub>> logger)
    : DefaultHubLifetimeManager<JobHub>(logger)
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> _connections = new();

    public HubConnectionContext? Find(string connectionId) => _connections.GetValueOrDefault(connectionId);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _connections[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _connections.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}
