using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Execution;

/// <summary>The jobs that stand as begun and that nobody runs.</summary>
internal sealed class InterruptedJobs(IJobStore store, INodes nodes)
{
    /// <summary>Whether other nodes may be about to recover them as well.</summary>
    public bool AreShared => nodes.AreSeveral;

    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<Job>> ListAsync(CancellationToken cancellationToken)
    {
        // First the names, then who is a member: a node is one before its name comes into the store.
        var begun = await store.ListInterruptedAsync(cancellationToken);
        if (begun.Count > 0)
            await nodes.RefreshAsync(cancellationToken);
        return [.. begun.Where(job => !nodes.IsMember(job.Node))];
    }
}
