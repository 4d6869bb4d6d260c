using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Whether an attempt that was cut off had come further than those before it.</summary>
internal sealed class ProgressJudge(IJobStore store, JobPartials partials, WorkloadCatalog workloads)
{
    /// <summary>Whether the job's last attempt finished an item, or came to a checkpoint.</summary>
    public async Task<bool> MadeProgressAsync(Job job, CancellationToken cancellationToken)
    {
        // Remote work went on all the while.
        if (workloads.Find(job.Kind)?.Descriptor.IsRemote == true)
            return true;
        await foreach (var piece in partials.ReadAsync(job.Id, cancellationToken))
        {
            // One that an earlier attempt had finished too is no step forward.
            if (piece is { Ok: true, Replaces: not Events.PieceStates.Ok } && piece.Attempt == job.Attempt)
                return true;
        }

        return await store.HasCheckpointAsync(job.Id, job.Attempt, cancellationToken);
    }
}
