using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>The queue as one who waits in it sees it, and what they may change of it.</summary>
internal sealed class QueueOrder(IJobStore store, JobLookup lookup)
{
    /// <summary>An owner's queued jobs in the order in which they will begin, each with how many stand before it.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="depth">How far into the whole queue it looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<JobSnapshot>> ListAsync(string owner, int depth, CancellationToken cancellationToken)
    {
        List<JobSnapshot> jobs = [];
        var position = 0;
        foreach (var id in await store.ListQueuedAsync(depth, cancellationToken))
        {
            if (await lookup.FindAsync(id, owner, JobRight.Own, cancellationToken) is { State: JobState.Queued } job)
                jobs.Add(job with { QueuePosition = position });
            position++;
        }

        return jobs;
    }

    /// <summary>
    /// Moves a queued job before all others of its owner's. It passes nobody else's that stood before those: whoever waits
    /// longer does not wait longer still.
    /// </summary>
    /// <returns>The job with its new place; null where the owner has no such job.</returns>
    /// <exception cref="JobConflictException"><c>not_queued</c>: it does not wait.</exception>
    public async Task<JobSnapshot?> MoveToFrontAsync(JobId id, string owner, CancellationToken cancellationToken)
    {
        if (await lookup.FindAsync(id, owner, JobRight.Own, cancellationToken) is null)
            return null;
        return await store.MoveToFrontAsync(id, cancellationToken)
            ? await lookup.FindAsync(id, owner, JobRight.Own, cancellationToken)
            : throw new JobConflictException("not_queued", "The job does not wait in the queue.");
    }
}
