using System.Diagnostics;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Execution;

/// <summary>A server that has its store to itself.</summary>
internal sealed class OnlyNode(INodes nodes, NodeMeter meter) : INodeRegister
{
    private static readonly DateTimeOffset Started = Process.GetCurrentProcess().StartTime;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<NodeStatus>> ListAsync(CancellationToken cancellationToken) => new(
        [new NodeStatus(nodes.Self, Environment.MachineName, NodeState.Up, Started, TimeSpan.Zero, meter.Measure())]);
}
