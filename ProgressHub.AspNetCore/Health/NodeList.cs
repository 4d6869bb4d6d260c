namespace ProgressHub.AspNetCore.Health;

/// <summary>The servers that run the jobs.</summary>
/// <param name="Nodes">The youngest last.</param>
internal sealed record NodeList(IReadOnlyList<NodeView> Nodes);
