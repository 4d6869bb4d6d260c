using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Execution;

/// <summary>A server that has its store to itself.</summary>
internal sealed class OnlyNode(INodes nodes, NodeMeter meter) : INodeRegister
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<NodeStatus>> ListAsync(CancellationToken cancellationToken) => new(
        [new NodeStatus(nodes.Self, Environment.MachineName, NodeState.Up, ThisServer.Started, TimeSpan.Zero, meter.Measure())]);
}
