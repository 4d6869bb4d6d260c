namespace ProgressHub.Core.Jobs;

/// <summary>
/// What may not begin now, kept for all nodes. <see cref="IJobStore.ClaimAsync"/> gives no job that is paused: a job submitted
/// once a pause is acknowledged does not begin, at whichever node.
/// </summary>
internal interface IQueuePauseStore
{
    /// <summary>What is paused: that of all jobs first, then by kind.</summary>
    ValueTask<IReadOnlyList<QueuePause>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Pauses; false where that was paused already, which leaves who did it and when.</summary>
    ValueTask<bool> AddAsync(QueuePause pause, CancellationToken cancellationToken);

    /// <summary>Ends the pause of a kind (null: that of all jobs); false where there is none.</summary>
    ValueTask<bool> RemoveAsync(string? kind, CancellationToken cancellationToken);
}
