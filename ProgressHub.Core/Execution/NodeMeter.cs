using ProgressHub.Core.Events;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Execution;

/// <summary>Measures what this server has to do.</summary>
internal sealed class NodeMeter(RunningJobs running, EventFeeds feeds, OwnerFeeds owners)
{
    /// <summary>What it is now.</summary>
    public NodeLoad Measure() => new(running.All.Count(), feeds.WatcherCount + owners.WatcherCount, Environment.WorkingSet, ThisServer.Version);
}
