namespace ProgressHub.Core.Jobs;

/// <summary>
/// The durable jobs: their rows, inputs, checkpoints and results. A method that writes returns once the write is on
/// disk; each throws <see cref="StorageUnavailableException"/> where the store can't take it. Creating a job and every
/// change of its state go through the event log, together with the events that tell of them.
/// </summary>
internal interface IJobStore
{
    /// <summary>Makes the store ready: creates or migrates its schema. Called once, before anything else.</summary>
    Task InitializeAsync(CancellationToken cancellationToken);

    /// <summary>The job, or null where there is none.</summary>
    ValueTask<Job?> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>What is left of a purged job, or null.</summary>
    ValueTask<JobTombstone?> FindTombstoneAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>The input as it was submitted, JSON in UTF-8; null where there is no such job.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadInputAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Replaces the input; false where there is no such job, or it has ended, and nothing was written.</summary>
    ValueTask<bool> AmendInputAsync(JobId id, ReadOnlyMemory<byte> input, CancellationToken cancellationToken);

    /// <summary>
    /// Begins attempts: takes the oldest queued jobs that may run, applies <see cref="Job.Start"/> to each and returns
    /// them as they now are. No job is ever returned to two callers.
    /// </summary>
    ValueTask<IReadOnlyList<Job>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>All jobs that are not queued and not final: at start-up, those that a crash interrupted.</summary>
    ValueTask<IReadOnlyList<Job>> ListInterruptedAsync(CancellationToken cancellationToken);

    /// <summary>The ids of the queued jobs, in the order they will be claimed.</summary>
    ValueTask<IReadOnlyList<JobId>> ListQueuedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> ids of queued jobs of a kind, delayed ones too.</summary>
    ValueTask<IReadOnlyList<JobId>> ListQueuedOfKindAsync(string kind, int limit, CancellationToken cancellationToken);

    /// <summary>How many jobs of an owner are queued.</summary>
    ValueTask<int> CountQueuedAsync(string owner, CancellationToken cancellationToken);

    /// <summary>
    /// The earliest moment after <paramref name="after"/> from which a delayed job may run; null where there is none. One that
    /// is past already counts: it may have come between a claim and this question.
    /// </summary>
    ValueTask<DateTimeOffset?> NextRunAfterAsync(DateTimeOffset after, CancellationToken cancellationToken);

    /// <summary>How many queued jobs stand before this one; null where it is not queued.</summary>
    ValueTask<int?> QueuePositionAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a queued job before all other queued ones of its owner, and past nobody else's that stood before those; false
    /// where it is not queued.
    /// </summary>
    ValueTask<bool> MoveToFrontAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>How many jobs there are of each kind and state.</summary>
    ValueTask<IReadOnlyList<(string Kind, JobState State, long Count)>> CountAsync(CancellationToken cancellationToken);

    /// <summary>The last checkpoint, opaque bytes; null where there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Replaces the checkpoint; false where the attempt is over or another's, and nothing was written.</summary>
    ValueTask<bool> SaveCheckpointAsync(
        AttemptFence fence, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken);

    /// <summary>Whether the last checkpoint is of this attempt.</summary>
    ValueTask<bool> HasCheckpointAsync(JobId id, int attempt, CancellationToken cancellationToken);

    /// <summary>The result, or null where there is none (yet).</summary>
    ValueTask<ResultDocument?> ReadResultAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>Keeps the result; false where the attempt is over or another's, and nothing was written.</summary>
    ValueTask<bool> SaveResultAsync(
        AttemptFence fence, ResultDocument result, CancellationToken cancellationToken);

    /// <summary>Removes a finished job with all that belongs to it, leaving a tombstone; false where it is not finished.</summary>
    ValueTask<bool> PurgeAsync(JobId id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> finished jobs of a kind that ended before <paramref name="cutoff"/>.</summary>
    ValueTask<IReadOnlyList<JobId>> ListFinishedBeforeAsync(
        string kind, DateTimeOffset cutoff, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets tombstones older than <paramref name="cutoff"/> and usage of months that nobody counts any more, and frees what
    /// purges that were cut off have left.
    /// </summary>
    ValueTask PurgeTombstonesAsync(DateTimeOffset cutoff, CancellationToken cancellationToken);

    /// <summary>Writes and reads back a marker; throws <see cref="StorageUnavailableException"/> where it can't.</summary>
    ValueTask ProbeAsync(CancellationToken cancellationToken);
}
