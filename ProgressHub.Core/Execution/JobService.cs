using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// What can be asked of jobs. Every method takes the owner who asks; a job of anybody else does not exist for them, unless
/// the host shares jobs and it is shared with them.
/// </summary>
public sealed class JobService
{
    /// <summary>The longest title, in UTF-16 units.</summary>
    public const int MaxTitle = 200;

    /// <summary>The most tags a job may have.</summary>
    public const int MaxTags = 20;

    /// <summary>The longest tag, in UTF-16 units.</summary>
    public const int MaxTag = 50;

    private readonly JobLookup _lookup;
    private readonly IEventLog _log;
    private readonly JobIntake _intake;
    private readonly JobInputs _inputs;
    private readonly JobResults _results;
    private readonly OwnerCommands _commands;

    internal JobService(
        JobLookup lookup, IEventLog log, JobIntake intake, JobInputs inputs, JobResults results, OwnerCommands commands) =>
        (_lookup, _log, _intake, _inputs, _results, _commands) = (lookup, log, intake, inputs, results, commands);

    /// <summary>Accepts a job: once this returns, it is on disk and will be run.</summary>
    /// <exception cref="WorkloadException">
    /// The request is not acceptable; nothing was created. Code <c>queue_full</c> where too many jobs wait,
    /// <c>quota_…</c> where the owner is allowed no more.
    /// </exception>
    /// <exception cref="JobConflictException"><c>idempotency_key_reused</c>: the key came with another body before.</exception>
    /// <exception cref="StorageUnavailableException">The store can't take it now.</exception>
    public Task<Submission> SubmitAsync(JobRequest request, CancellationToken cancellationToken) =>
        _intake.SubmitAsync(request, cancellationToken);

    /// <summary>A job's present state, with its place in the queue; null where the owner has no such job.</summary>
    public ValueTask<JobSnapshot?> FindAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        _lookup.FindAsync(id, owner, JobRight.Read, cancellationToken);

    /// <summary>What the caller may do with a job, and whose it is; null where for them there is no such job.</summary>
    internal ValueTask<FoundJob?> FindWithRightAsync(JobId id, string caller, CancellationToken cancellationToken) =>
        _lookup.FindWithRightAsync(id, caller, cancellationToken);

    /// <summary>Whether the owner had such a job and it was purged.</summary>
    public ValueTask<bool> WasPurgedAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        _lookup.WasPurgedAsync(id, owner, cancellationToken);

    /// <summary>A job's state once its <c>seq</c> is above <paramref name="after"/>, or when the time is up; null where there is none.</summary>
    public Task<JobSnapshot?> WaitAsync(
        JobId id, string owner, long after, TimeSpan timeout, CancellationToken cancellationToken) =>
        _lookup.WaitAsync(id, owner, after, timeout, cancellationToken);

    /// <summary>A page of the owner's jobs, newest first.</summary>
    public ValueTask<ListPage<JobSnapshot>> ListAsync(JobQuery query, CancellationToken cancellationToken) =>
        _log.ListAsync(query, cancellationToken);

    /// <inheritdoc cref="JobLookup.ListSharedAsync"/>
    internal ValueTask<ListPage<JobSnapshot>> ListSharedAsync(JobQuery query, CancellationToken cancellationToken) =>
        _lookup.ListSharedAsync(query, cancellationToken);

    /// <summary>How many of the owner's jobs there are in each state, whatever states the query asks for.</summary>
    internal ValueTask<IReadOnlyDictionary<JobState, long>> CountAsync(JobQuery query, CancellationToken cancellationToken) =>
        _log.CountAsync(query, cancellationToken);

    /// <summary>The owner's jobs that ended after the one with this number, in the order in which they ended.</summary>
    internal ValueTask<EndedJobs> ListEndedAsync(
        string owner, long after, int limit, CancellationToken cancellationToken) =>
        _log.ListEndedAsync(owner, after, limit, cancellationToken);

    /// <summary>
    /// Begins to watch a job: its state at the cursor and, from there on, every event once and in order; null where the
    /// owner has no such job. Dispose what is returned, or read its <see cref="JobWatch.EventsAsync"/> to the end.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="after">The cursor: the last <c>seq</c> seen, 0 for everything, null for from now on.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    public ValueTask<JobWatch?> WatchAsync(JobId id, string owner, long? after, CancellationToken cancellationToken) =>
        WatchAsync(id, owner, after, inline: false, cancellationToken);

    /// <summary>The same for a reader so quick that it may run on the thread that wakes it.</summary>
    /// <inheritdoc cref="EventFeeds.WatchAsync(JobId, long?, bool, CancellationToken)"/>
    internal ValueTask<JobWatch?> WatchAsync(
        JobId id, string owner, long? after, bool inline, CancellationToken cancellationToken) =>
        _lookup.WatchAsync(id, owner, after, inline, cancellationToken);

    /// <summary>How many watch a job now, over whatever transport; null where the owner has no such job.</summary>
    public async ValueTask<int?> CountWatchersAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        await FindAsync(id, owner, cancellationToken) is null ? null : _lookup.CountWatchers(id);

    /// <summary>A page of a job's events after a cursor; null where the owner has no such job.</summary>
    internal async ValueTask<IReadOnlyList<EventFrame>?> ReadEventsAsync(
        JobId id, string owner, long after, int limit, CancellationToken cancellationToken) =>
        await FindAsync(id, owner, cancellationToken) is null
            ? null
            : await _log.ReadAsync(id, after, limit, cancellationToken);

    /// <summary>A page of a job's pieces, the latest of each index above <paramref name="after"/>; null where there is no such job.</summary>
    internal async ValueTask<IReadOnlyList<EventFrame>?> ReadPartialsAsync(
        JobId id, string owner, int after, int limit, CancellationToken cancellationToken) =>
        await FindAsync(id, owner, cancellationToken) is null
            ? null
            : await _log.ReadPartialsAsync(id, after, limit, cancellationToken);

    /// <summary>A page of a job's partial events after a cursor, in order; null where the owner has no such job.</summary>
    internal async ValueTask<IReadOnlyList<EventFrame>?> ReadPartialsSinceAsync(
        JobId id, string owner, long after, int limit, CancellationToken cancellationToken) =>
        await FindAsync(id, owner, cancellationToken) is null
            ? null
            : await _log.ReadPartialsSinceAsync(id, after, limit, cancellationToken);

    /// <summary>The result; with <paramref name="soFar"/>, of an unfinished job what can be made of its pieces. Null where there is none.</summary>
    public async Task<ResultDocument?> ReadResultAsync(
        JobId id, string owner, bool soFar, CancellationToken cancellationToken) =>
        await MayAsync(id, owner, JobRight.Read, cancellationToken) ? await _results.ReadAsync(id, soFar, cancellationToken) : null;

    /// <summary>The input as it was accepted, without its secrets; null where the owner has no such job.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> ReadInputAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        ReadInputAsync(id, owner, JobRight.Manage, cancellationToken);

    /// <summary>The same for what is told of a job that is known from its input alone, such as its language.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>?> ReadInputAsync(
        JobId id, string caller, JobRight needed, CancellationToken cancellationToken) =>
        await MayAsync(id, caller, needed, cancellationToken) ? await _inputs.ReadAsync(id, cancellationToken) : null;

    /// <summary>
    /// Replaces the input of a job that waits for its file: for what the request that brings the file says behind it. It is
    /// checked as at submission, and the file stays the same; to be called before the file is whole.
    /// </summary>
    /// <returns>False where the owner has no such job, or it has ended.</returns>
    /// <exception cref="WorkloadException">The input is not acceptable; the job's is as before.</exception>
    public async Task<bool> AmendAsync(JobId id, string owner, JsonElement input, CancellationToken cancellationToken) =>
        await _lookup.FindAsync(id, owner, JobRight.Own, cancellationToken) is { IsFinal: false } job
        && await _inputs.AmendAsync(id, job.Kind, owner, input, cancellationToken);

    /// <summary>Asks for a job's end. Of a finished job nothing changes. Null where the owner has no such job.</summary>
    public async Task<JobSnapshot?> CancelAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        await _lookup.FindAsync(id, owner, JobRight.Manage, cancellationToken) is { } job ? await _commands.CancelAsync(job, owner, cancellationToken) : null;

    /// <summary>
    /// Gives a job tags and takes some from it, wherever it stands: one that has not ended tells of it with an event. Null
    /// where the owner has no such job.
    /// </summary>
    /// <exception cref="WorkloadException"><c>too_many_tags</c> or <c>invalid_tag</c>; nothing has changed.</exception>
    /// <exception cref="StorageUnavailableException">The store can't take it now.</exception>
    public async Task<JobSnapshot?> ChangeTagsAsync(JobId id, string owner, TagChange change, CancellationToken cancellationToken) =>
        await MayAsync(id, owner, JobRight.Manage, cancellationToken) ? await _commands.Tags.ChangeAsync(id, change, cancellationToken) : null;

    /// <summary>
    /// Takes the work of a finished job up again in a new job of the same owner; the finished one's log is closed for good.
    /// </summary>
    /// <returns>The new job; null where the owner has no such job.</returns>
    /// <exception cref="JobConflictException"><c>not_finished</c>; <c>nothing_failed</c> for failed items without any.</exception>
    public async Task<Submission?> RetryAsync(
        JobId id, string owner, RetryScope scope, CancellationToken cancellationToken)
    {
        if (await FindWithRightAsync(id, owner, cancellationToken) is not { Right: >= JobRight.Manage, Snapshot: var earlier } found)
            return null;
        if (!earlier.IsFinal)
            throw new JobConflictException("not_finished", "The job has not ended; cancel it first.");
        if (scope == RetryScope.FailedItems && earlier.State == JobState.Succeeded)
            throw new JobConflictException("nothing_failed", "Nothing of this job failed.");

        var input = await _inputs.ReadWholeAsync(id, cancellationToken)
            ?? throw new JobConflictException("input_gone", "The job's input is gone.");
        var submission = await SubmitAsync(
            new JobRequest
            {
                Kind = earlier.Kind,
                Input = input,
                Owner = found.Owner,
                Title = earlier.Title,
                Tags = [.. earlier.Tags.Take(MaxTags)],
                RetryOf = id,
                ReusePartials = scope == RetryScope.FailedItems,
            },
            cancellationToken);
        if (found.Right != JobRight.Own)
            await _lookup.PassOnAsync(id, submission.Snapshot.JobId, owner, cancellationToken);
        return submission;
    }

    /// <summary>Answers the question a job waits with; false where the owner has no such job.</summary>
    /// <exception cref="JobConflictException"><c>no_pending_input</c>, <c>wrong_request</c> or <c>invalid_answer</c>.</exception>
    public async Task<bool> AnswerAsync(
        JobId id, string owner, string requestId, string answer, CancellationToken cancellationToken)
    {
        if (!await MayAsync(id, owner, JobRight.Manage, cancellationToken))
            return false;
        await _commands.Plain.AnswerAsync(id, requestId, answer).WaitAsync(cancellationToken);
        return true;
    }

    /// <summary>Removes a finished job and all that belongs to it; false where the owner has no such job.</summary>
    /// <exception cref="JobConflictException"><c>not_finished</c>: cancel it first.</exception>
    public async Task<bool> DeleteAsync(JobId id, string owner, CancellationToken cancellationToken)
    {
        if (await _lookup.FindAsync(id, owner, JobRight.Manage, cancellationToken) is not { } job)
            return false;
        if (!await _commands.RemoveAsync(job, owner, cancellationToken))
            throw new JobConflictException("not_finished", "The job has not ended; cancel it first.");
        return true;
    }

    /// <summary>A job's files: those it was given, then those its work made; null where the owner has no such job.</summary>
    public async ValueTask<IReadOnlyList<JobFile>?> ListFilesAsync(
        JobId id, string owner, CancellationToken cancellationToken)
    {
        if (await FindWithRightAsync(id, owner, cancellationToken) is not { } found)
            return null;
        var files = await _results.ListFilesAsync(id, cancellationToken);

        // What a job was given is its input, which a reader does not see.
        return found.Right >= JobRight.Manage ? files : [.. files.Where(static file => file.Derived)];
    }

    /// <summary>
    /// The request that brought a job's files broke off, or they can't be taken: the job ends as failed, and what is here of
    /// them goes.
    /// </summary>
    /// <returns>False where the owner has no such job.</returns>
    public async Task<bool> BreakOffAsync(JobId id, string owner, IEnumerable<string> files, UploadException why)
    {
        if (!await MayAsync(id, owner, JobRight.Own, CancellationToken.None))
            return false;
        await _commands.Plain.BreakOffAsync(id, files, why);
        return true;
    }

    private async ValueTask<bool> MayAsync(JobId id, string caller, JobRight needed, CancellationToken cancellationToken) =>
        await FindWithRightAsync(id, caller, cancellationToken) is { } found && found.Right >= needed;
}
