using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// SignalR's own bookkeeping of connections and groups, with two differences: one connection can be reached by itself, and
/// what is sent to the group of a job goes to those who watch it between the job's events (<see cref="JobGroups"/>).
/// </summary>
internal sealed class HubConnections(JobGroups groups, ILogger<DefaultHubLifetimeManager<JobHub>> logger)
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

    public override Task SendGroupAsync(
        string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) =>
        SendGroupExceptAsync(groupName, methodName, args, [], cancellationToken);

    public override async Task SendGroupsAsync(
        IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default)
    {
        foreach (var group in groupNames)
            await SendGroupAsync(group, methodName, args, cancellationToken);
    }

    public override Task SendGroupExceptAsync(
        string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds,
        CancellationToken cancellationToken = default)
    {
        // Members that do not watch, whom a host has added itself, get it as of any group.
        var watching = groups.Send(groupName, new InvocationMessage(methodName, args), excludedConnectionIds);
        return base.SendGroupExceptAsync(
            groupName, methodName, args, [.. excludedConnectionIds, .. watching], cancellationToken);
    }
}
