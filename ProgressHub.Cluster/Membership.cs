namespace ProgressHub.Cluster;

/// <summary>Who the nodes are, and which of them may not stay: one that is cut off from the database, be it another or this one.</summary>
internal sealed class Membership(
    ILocalSiloDetails self, IClusterMembershipService members, PostgresMembership table, ClusterRelay relay, Heartbeat heartbeat,
    NodeEnd end)
{
    /// <summary>After so long without a heartbeat, by the database's clock, a node is put out.</summary>
    public static readonly TimeSpan EvictAfter = TimeSpan.FromSeconds(18);

    /// <summary>After so long without one, a node gives its attempts up if others can take them: well before they may.</summary>
    public static readonly TimeSpan StandDownAfter = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);

    private readonly Dictionary<SiloAddress, SiloStatus> _known = [];

    /// <summary>Each change of who the nodes are, the present first.</summary>
    public IAsyncEnumerable<ClusterMembershipSnapshot> Changes => members.MembershipUpdates;

    /// <summary>Goes by what has changed.</summary>
    /// <returns>The nodes that were known and are gone.</returns>
    public IReadOnlyList<GoneNode> Apply(ClusterMembershipSnapshot view)
    {
        List<GoneNode> gone = [];
        foreach (var (node, status) in view.Members.Values.Select(member => (member.SiloAddress, member.Status)))
        {
            if (node.Equals(self.SiloAddress))
                continue;
            if (status == SiloStatus.Active && _known.TryAdd(node, status))
                relay.Join(node);
            if (status == SiloStatus.Dead)
            {
                relay.Leave(node);
                if (_known.Remove(node, out var last))
                    gone.Add(new GoneNode(node, HasStopped: last is SiloStatus.ShuttingDown or SiloStatus.Stopping));
            }
            else if (_known.ContainsKey(node))
            {
                _known[node] = status;
            }
        }

        return gone;
    }

    /// <summary>Sees to it that a node that is gone holds nothing any more.</summary>
    public Task CutOffAsync(GoneNode node) => node.HasStopped ? Task.CompletedTask : table.CutOffAsync(node.Address);

    /// <summary>Makes a heartbeat. Orleans makes some as well, and pauses for long where one has failed.</summary>
    public Task BeatAsync(CancellationToken cancellationToken) => table.BeatAsync(self.SiloAddress).WaitAsync(cancellationToken);

    /// <summary>
    /// Puts out who answers the others and has lost the database. Only a node whose own heartbeats all succeeded for that long may
    /// say so: after an outage for all, the first to see the database again would put out everybody else.
    /// </summary>
    public async Task EvictStaleAsync()
    {
        if (heartbeat.Unbroken < EvictAfter || heartbeat.Age > StandDownAfter)
            return;
        foreach (var node in await table.ListStaleAsync(EvictAfter))
        {
            if (!node.Equals(self.SiloAddress))
                await members.TryKill(node);
        }
    }

    /// <summary>
    /// Gives this node up where it alone has lost the database: others will take its jobs over. Where nobody reaches it, nobody
    /// can, and work goes on.
    /// </summary>
    public async Task StandDownIfCutOffAsync(CancellationToken cancellationToken)
    {
        // A heartbeat may be late for other reasons, such as a machine that has no time for it.
        if (heartbeat.Age < StandDownAfter || relay.Peers is not { Count: > 0 } peers || await heartbeat.ProbeAsync())
            return;
        var answers = await Task.WhenAll(peers.Select(peer => AskAsync(peer, cancellationToken)));

        // It may have come back between this node's look and the others'.
        if ((answers.Any(reaches => reaches is true) || answers.All(reaches => reaches is null)) && !await heartbeat.ProbeAsync())
            end.GiveUp("It alone has lost the database.");
    }

    /// <summary>Forgets what nobody watches here any more.</summary>
    public Task ForgetLeftAsync(CancellationToken cancellationToken)
    {
        relay.ForgetLeft();
        return Task.CompletedTask;
    }

    /// <summary>Null where it does not answer.</summary>
    private static async Task<bool?> AskAsync(Peer peer, CancellationToken cancellationToken)
    {
        try
        {
            return await peer.Service.ReachesDatabase().WaitAsync(AnswerWithin, cancellationToken);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return null;
        }
    }
}

/// <summary>A node that is none any more.</summary>
/// <param name="Address">Which it was.</param>
/// <param name="HasStopped">Whether it has stopped by itself, and has put its jobs back.</param>
internal readonly record struct GoneNode(SiloAddress Address, bool HasStopped);
