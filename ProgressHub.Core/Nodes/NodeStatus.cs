namespace ProgressHub.Core.Nodes;

/// <summary>One of the servers that run the jobs, as it was last heard of.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="State">What it is about to do.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Silence">For how long nothing was heard of it, by the store's clock.</param>
/// <param name="Load">What it had to do then; null where it has not told yet.</param>
internal sealed record NodeStatus(string Name, string Host, NodeState State, DateTimeOffset StartedAt, TimeSpan Silence, NodeLoad? Load);
