using ProgressHub.Core.Nodes;

namespace ProgressHub.Cluster;

/// <summary>The nodes as Orleans' membership knows them. A node's name is its address with the number of its start.</summary>
internal sealed class OrleansNodes(ILocalSiloDetails self, IClusterMembershipService members, ClusterRelay relay, Heartbeat heartbeat)
    : INodes
{
    /// <inheritdoc/>
    public string Self { get; } = self.SiloAddress.ToParsableString();

    /// <inheritdoc/>
    public bool AreSeveral => true;

    /// <summary>Not after a pause, such as that of a frozen process, until a heartbeat has found it among the members.</summary>
    public bool MayBegin => heartbeat.Age < Membership.StandDownAfter;

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellationToken) =>
        await members.Refresh(cancellationToken: cancellationToken);

    /// <summary>One that has not been declared dead, whatever else its state: one that stops still puts its jobs back.</summary>
    public bool IsMember(string? node) => node is not null && members.CurrentSnapshot.Members.Values.Any(
        member => member.Status != SiloStatus.Dead && member.SiloAddress.ToParsableString() == node);

    /// <inheritdoc/>
    public bool Owns(string key) => Rendezvous.Choose(
        key, members.CurrentSnapshot.Members.Values.Where(static member => member.Status == SiloStatus.Active)
            .Select(static member => member.SiloAddress.ToParsableString())) == Self;

    /// <inheritdoc/>
    public void Wake()
    {
        foreach (var peer in relay.Peers)
            peer.Service.Wake().Ignore();
    }
}
