namespace ProgressHub.Core.Nodes;

/// <summary>What a node is about to do.</summary>
internal enum NodeState
{
    /// <summary>It starts, and runs no job yet.</summary>
    Joining,

    /// <summary>It works.</summary>
    Up,

    /// <summary>It was asked to end, and puts its jobs back.</summary>
    Stopping,

    /// <summary>It has ended, or the others hold it for dead.</summary>
    Gone,
}
