using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// The durable events of all jobs. Whatever these methods acknowledge is on disk. A job's events are numbered without a
/// gap, and an append succeeds only for the attempt that owns the job and only right after the last event in the log.
/// </summary>
internal interface IEventLog
{
    /// <summary>Creates a job together with its first event.</summary>
    /// <exception cref="StorageUnavailableException">The store can't take it now; nothing was written.</exception>
    ValueTask<CreateOutcome> CreateAsync(NewJob job, CancellationToken cancellationToken);

    /// <summary>Appends events and writes the job's row and snapshot, all or nothing.</summary>
    /// <exception cref="StorageUnavailableException">The store can't take it now; nothing was written.</exception>
    ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a job that has ended other tags, in its row and in its state; false where its tags are not those of
    /// <paramref name="before"/> any more, or it is gone, and nothing was written.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The store can't take it now; nothing was written.</exception>
    ValueTask<bool> RetagAsync(JobSnapshot before, JobSnapshot after, CancellationToken cancellationToken);

    /// <summary>The events after a cursor, in order, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<EventFrame>> ReadAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The latest partial event of each index above <paramref name="afterItem"/>, in order of index.</summary>
    ValueTask<IReadOnlyList<EventFrame>> ReadPartialsAsync(
        JobId id, int afterItem, int limit, CancellationToken cancellationToken);

    /// <summary>The partial events after a cursor, in order: what is new to somebody who asks again and again.</summary>
    ValueTask<IReadOnlyList<EventFrame>> ReadPartialsSinceAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The job's state as of its last event, or null where there is no such job.</summary>
    ValueTask<StoredSnapshot?> FindSnapshotAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>A page of an owner's jobs, newest first.</summary>
    ValueTask<ListPage<JobSnapshot>> ListAsync(JobQuery query, CancellationToken cancellationToken);

    /// <summary>The <c>seq</c> of the last event of each job that there is.</summary>
    ValueTask<IReadOnlyDictionary<JobId, long>> ReadEndsAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken);

    /// <summary>
    /// The <c>seq</c> of the last event of each of an owner's jobs that are under way, and of those that were submitted or have ended
    /// since a moment: of the latest some hundreds.
    /// </summary>
    ValueTask<IReadOnlyDictionary<JobId, long>> ReadRecentEndsAsync(
        string owner, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>How many of an owner's jobs there are in each state, whatever states the query asks for; none where there are none.</summary>
    ValueTask<IReadOnlyDictionary<JobState, long>> CountAsync(JobQuery query, CancellationToken cancellationToken);

    /// <summary>An owner's jobs that ended after the one with this number, in the order in which they ended.</summary>
    ValueTask<EndedJobs> ListEndedAsync(string owner, long after, int limit, CancellationToken cancellationToken);
}

/// <summary>A job to create.</summary>
/// <param name="Job">Its row, queued.</param>
/// <param name="Input">Its input, JSON in UTF-8.</param>
/// <param name="Queued">Its first event.</param>
/// <param name="Snapshot">Its state after that event.</param>
/// <param name="Idempotency">What makes submitting it again safe, if the caller asked for that.</param>
internal sealed record NewJob(
    Job Job, ReadOnlyMemory<byte> Input, EventFrame Queued, JobSnapshot Snapshot, IdempotencyKey? Idempotency)
{
    /// <summary>Whom to tell of its events, if anybody.</summary>
    public NewWebhook? Webhook { get; init; }

    /// <summary>The ids of the files it uses; from here on they live as long as it.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>What its owner may have; how many jobs wait, and came today, is looked at as the job is created.</summary>
    public Quota Quota { get; init; } = Quota.None;

    /// <summary>A bound that leaves no room for it; only a job that an earlier request made is answered.</summary>
    public QuotaReached? Reached { get; init; }
}

/// <summary>An idempotency key and a digest of the body that came with it.</summary>
/// <param name="Key">The key; it counts for one owner.</param>
/// <param name="BodyHash">SHA-256 of the body, hexadecimal.</param>
internal sealed record IdempotencyKey(string Key, string BodyHash);

/// <summary>What came of creating a job.</summary>
/// <param name="Existing">The job an earlier request with the same key made; null where this one made it.</param>
/// <param name="KeyConflict">Whether that request had another body.</param>
internal readonly record struct CreateOutcome(JobId? Existing, bool KeyConflict)
{
    /// <summary>Whether there is, or was, a job of that id; nothing was written.</summary>
    public bool IdTaken { get; init; }

    /// <summary>A file that its owner does not have; nothing was written.</summary>
    public string? MissingFile { get; init; }

    /// <summary>A bound of its owner's that leaves no room for it; nothing was written.</summary>
    public QuotaReached? Reached { get; init; }

    /// <summary>Whether the job is there, and was not before.</summary>
    public bool Created => Existing is null && !KeyConflict && !IdTaken && MissingFile is null && Reached is null;
}

/// <summary>Events to append to one job's log.</summary>
/// <param name="Job">
/// The job's row after them. Its <see cref="Job.Attempt"/> fences: where the stored one differs, nothing is written.
/// </param>
/// <param name="Frames">The events, numbered on from the last in the log.</param>
/// <param name="Snapshot">The job's state after them.</param>
internal sealed record LogAppend(Job Job, IReadOnlyList<EventFrame> Frames, JobSnapshot Snapshot);

/// <summary>What came of an append.</summary>
/// <param name="IsCommitted">Whether the events are on disk.</param>
/// <param name="Ending">Of an append that ended the job, the number of its end among the ends of its owner's jobs.</param>
internal readonly record struct AppendOutcome(bool IsCommitted, long? Ending = null)
{
    /// <summary>The events are on disk.</summary>
    public static AppendOutcome Committed => new(true);

    /// <summary>Another attempt owns the job, or its log has gone on without this writer; nothing was written.</summary>
    public static AppendOutcome Fenced => new(false);
}

/// <summary>A job that has ended.</summary>
/// <param name="Ending">
/// The number of its end among the ends of its owner's jobs: 1, 2, 3, … as they were committed, never used again.
/// </param>
/// <param name="Snapshot">Its final state.</param>
/// <param name="Done">Its last event.</param>
internal sealed record EndedJob(long Ending, JobSnapshot Snapshot, EventFrame Done);

/// <summary>A page of an owner's jobs that have ended.</summary>
/// <param name="Jobs">In the order of their ends.</param>
/// <param name="Last">The number of the owner's last end when the page was read, on it or not; 0 before the first.</param>
internal sealed record EndedJobs(IReadOnlyList<EndedJob> Jobs, long Last);

/// <summary>A snapshot as the store keeps it, with whose it is.</summary>
/// <param name="Owner">Who may see it.</param>
/// <param name="Snapshot">The state.</param>
internal sealed record StoredSnapshot(string Owner, JobSnapshot Snapshot);
