using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A log in which something can happen around every read: what a page must not lose, and must not show twice.
/// </summary>
internal sealed class InterruptedReads(IEventLog log) : IEventLog
{
    /// <summary>Runs before and again after each read, with the result not yet returned.</summary>
    public Func<Task>? Interruption { get; set; }

    /// <summary>How many of the next reads fail.</summary>
    public int Failures { get; set; }

    public ValueTask<CreateOutcome> CreateAsync(NewJob job, CancellationToken cancellationToken) =>
        log.CreateAsync(job, cancellationToken);

    public ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken) =>
        log.AppendAsync(append, cancellationToken);

    public ValueTask<bool> RetagAsync(JobSnapshot before, JobSnapshot after, CancellationToken cancellationToken) =>
        log.RetagAsync(before, after, cancellationToken);

    public ValueTask<IReadOnlyList<EventFrame>> ReadAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken) =>
        InterruptAsync(() => log.ReadAsync(id, after, limit, cancellationToken));

    public ValueTask<IReadOnlyList<EventFrame>> ReadPartialsAsync(
        JobId id, int afterItem, int limit, CancellationToken cancellationToken) =>
        InterruptAsync(() => log.ReadPartialsAsync(id, afterItem, limit, cancellationToken));

    public ValueTask<IReadOnlyList<EventFrame>> ReadPartialsSinceAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken) =>
        InterruptAsync(() => log.ReadPartialsSinceAsync(id, after, limit, cancellationToken));

    public ValueTask<StoredSnapshot?> FindSnapshotAsync(JobId id, CancellationToken cancellationToken) =>
        log.FindSnapshotAsync(id, cancellationToken);

    public ValueTask<ListPage<JobSnapshot>> ListAsync(JobQuery query, CancellationToken cancellationToken) =>
        InterruptAsync(() => log.ListAsync(query, cancellationToken));

    public ValueTask<IReadOnlyDictionary<JobState, long>> CountAsync(JobQuery query, CancellationToken cancellationToken) =>
        log.CountAsync(query, cancellationToken);

    public ValueTask<IReadOnlyDictionary<JobId, long>> ReadRecentEndsAsync(string owner, DateTimeOffset since, CancellationToken cancellationToken) =>
        log.ReadRecentEndsAsync(owner, since, cancellationToken);

    public ValueTask<IReadOnlyDictionary<JobId, long>> ReadEndsAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken) =>
        log.ReadEndsAsync(jobs, cancellationToken);

    public ValueTask<EndedJobs> ListEndedAsync(
        string owner, long after, int limit, CancellationToken cancellationToken) =>
        InterruptAsync(() => log.ListEndedAsync(owner, after, limit, cancellationToken));

    private async ValueTask<T> InterruptAsync<T>(Func<ValueTask<T>> read)
    {
        await Task.Yield();
        if (Failures-- > 0)
            throw new StorageUnavailableException("The database is down.");
        if (Interruption is { } before)
            await before();
        var result = await read();
        if (Interruption is { } after)
            await after();
        return result;
    }
}
