using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Pauses the start of jobs and resumes it, for all nodes and over restarts. Jobs that run go on.</summary>
internal sealed class QueueSwitch(IQueuePauseStore store, QueuePauses pauses, JobQueue queue, IJobAudit audit, TimeProvider time)
{
    /// <summary>No job of a kind begins any more (null: no job at all). Said again, it changes nothing.</summary>
    /// <param name="kind">Which jobs.</param>
    /// <param name="by">The account that pauses them.</param>
    /// <param name="name">What that account is called; null where nobody signs in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">It could not be written down; nothing is paused.</exception>
    public async Task PauseAsync(string? kind, string by, string? name, CancellationToken cancellationToken)
    {
        if (!await IsPausedAsync(kind, cancellationToken))
        {
            await audit.PausesQueueAsync(by, kind);
            await store.AddAsync(new QueuePause(kind, name, time.GetUtcNow()), cancellationToken);
        }

        pauses.Forget();
    }

    /// <summary>
    /// Jobs of a kind begin again (null: those that no pause of their kind holds back). Where nothing was paused, it changes
    /// nothing.
    /// </summary>
    /// <param name="kind">Which jobs.</param>
    /// <param name="by">The account that lets them begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">It could not be written down; the pause stays.</exception>
    public async Task ResumeAsync(string? kind, string by, CancellationToken cancellationToken)
    {
        if (await IsPausedAsync(kind, cancellationToken))
        {
            await audit.ResumesQueueAsync(by, kind);
            await store.RemoveAsync(kind, cancellationToken);
        }

        pauses.Forget();

        // This node looks again, and so do the others.
        queue.Added(0);
    }

    private async Task<bool> IsPausedAsync(string? kind, CancellationToken cancellationToken) =>
        (await store.ListAsync(cancellationToken)).Any(pause => pause.Kind == kind);
}
