using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Cluster;

/// <summary>How many jobs wait: where several nodes take them, only the store knows.</summary>
internal sealed class WaitingJobs(IJobStore store, JobQueue queue)
{
    /// <summary>Asks the store.</summary>
    public async Task RecountAsync(CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(cancellationToken);
        queue.Recount(counts.Where(count => count.State == JobState.Queued).Sum(count => count.Count));
    }
}
