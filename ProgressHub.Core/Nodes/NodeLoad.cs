namespace ProgressHub.Core.Nodes;

/// <summary>What a node has to do.</summary>
/// <param name="RunningJobs">How many jobs it runs.</param>
/// <param name="Watchers">How many watch there: one job, or all jobs of an owner.</param>
/// <param name="MemoryBytes">Its resident memory.</param>
/// <param name="Version">Which version of the program it is.</param>
internal sealed record NodeLoad(int RunningJobs, int Watchers, long MemoryBytes, string Version);
