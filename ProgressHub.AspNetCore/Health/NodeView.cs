using System.Text.Json;
using ProgressHub.Core.Nodes;

namespace ProgressHub.AspNetCore.Health;

/// <summary>One of the servers that run the jobs, as it was last heard of.</summary>
/// <param name="Name">Its name, another one after every start.</param>
/// <param name="Host">The machine it runs on.</param>
/// <param name="State"><c>joining</c>, <c>up</c>, <c>stopping</c> or <c>gone</c>.</param>
/// <param name="IsSelf">Whether it is the one that answers.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="SilentSeconds">For how long nothing was heard of it.</param>
/// <param name="RunningJobs">How many jobs it runs; absent until it has told.</param>
/// <param name="Watchers">How many watch there.</param>
/// <param name="MemoryBytes">Its resident memory.</param>
/// <param name="Version">Which version of the program it is.</param>
internal sealed record NodeView(
    string Name, string Host, string State, bool IsSelf, DateTimeOffset StartedAt, double SilentSeconds, int? RunningJobs, int? Watchers,
    long? MemoryBytes, string? Version)
{
    public static NodeView Of(NodeStatus node, string self) => new(
        node.Name, node.Host, JsonNamingPolicy.CamelCase.ConvertName(node.State.ToString()), node.Name == self, node.StartedAt,
        Math.Round(node.Silence.TotalSeconds, 1), node.Load?.RunningJobs, node.Load?.Watchers, node.Load?.MemoryBytes, node.Load?.Version);
}
