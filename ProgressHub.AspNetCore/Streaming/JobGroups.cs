using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// The members of each group <c>job:{id}</c> that watch the job. The job's events go to them, each at its own pace, and what
/// a host sends to the group goes the same way, between the events where it was sent. Nobody waits for a member that does
/// not take its bytes.
/// </summary>
internal sealed class JobGroups
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<HubWatch>> _members = new(StringComparer.Ordinal);

    /// <summary>The name of the group of those who watch a job.</summary>
    public static string NameOf(JobId id) => $"job:{id}";

    /// <summary>One more watches.</summary>
    public void Add(string group, HubWatch member)
    {
        lock (_gate)
        {
            if (!_members.TryGetValue(group, out var members))
                _members[group] = members = [];
            members.Add(member);
        }
    }

    /// <summary>One watches no longer.</summary>
    public void Remove(string group, HubWatch member)
    {
        lock (_gate)
        {
            if (_members.TryGetValue(group, out var members) && members.Remove(member) && members.Count == 0)
                _members.Remove(group);
        }
    }

    /// <summary>Sends to all who watch, save some.</summary>
    /// <returns>The connections that watch, the excluded too: they have it by this, or are not to have it.</returns>
    public IReadOnlyList<string> Send(string group, InvocationMessage invocation, IReadOnlyList<string> excluded)
    {
        HubWatch[] members;
        lock (_gate)
        {
            if (!_members.TryGetValue(group, out var all))
                return [];
            members = [.. all];
        }

        var message = new SerializedHubMessage(invocation);
        var connections = new string[members.Length];
        for (var i = 0; i < members.Length; i++)
        {
            connections[i] = members[i].ConnectionId;
            if (!excluded.Contains(connections[i], StringComparer.Ordinal))
                members[i].Post(message);
        }

        return connections;
    }
}
