using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Finds jobs for whoever asks: those that are theirs, and those that are shared with them. Of anybody else's there is
/// nothing to be found.
/// </summary>
internal sealed class JobLookup(EventFeeds feeds, IJobStore store, IJobShares shares, SharedWatches watches, TimeProvider time)
{
    private const int SharesPerRead = 100;

    /// <summary>A job's present state, with its place in the queue; null where the caller may not do that much with it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="needed">What they must be allowed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<JobSnapshot?> FindAsync(JobId id, string caller, JobRight needed, CancellationToken cancellationToken)
    {
        if (await FindWithRightAsync(id, caller, cancellationToken) is not { } found || found.Right < needed)
            return null;
        return found.Snapshot.State == JobState.Queued
            ? found.Snapshot with { QueuePosition = await store.QueuePositionAsync(id, cancellationToken) }
            : found.Snapshot;
    }

    /// <summary>A job, whose it is, and what the caller may do with it; null where that is nothing.</summary>
    public async ValueTask<FoundJob?> FindWithRightAsync(JobId id, string caller, CancellationToken cancellationToken)
    {
        var stored = await feeds.FindAsync(id, cancellationToken);
        if (stored?.Owner == caller)
            return new FoundJob(stored.Snapshot, stored.Owner, JobRight.Own);

        // Asked of what is not there too: what is somebody else's takes no longer to refuse.
        var given = await shares.FindAsync(id, stored?.Owner ?? "", caller, cancellationToken);
        return stored is null || given.Right == JobRight.None ? null : new FoundJob(stored.Snapshot, stored.Owner, given.Right);
    }

    /// <summary>Whether the owner had such a job and it was purged.</summary>
    public async ValueTask<bool> WasPurgedAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        await store.FindTombstoneAsync(id, cancellationToken) is { } tombstone && tombstone.Owner == owner;

    /// <summary>A job's state once its <c>seq</c> is above <paramref name="after"/>, or when the time is up; null where there is none.</summary>
    public async Task<JobSnapshot?> WaitAsync(
        JobId id, string caller, long after, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var present = await FindAsync(id, caller, JobRight.Read, cancellationToken);
        if (present is null || present.Seq > after || present.IsFinal || timeout <= TimeSpan.Zero)
            return present;

        using var watch = await WatchAsync(id, caller, after, inline: false, cancellationToken);
        if (watch is null)
            return null;
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        await using var poke = either.Token.UnsafeRegister(static w => ((FeedWatcher)w!).Poke(), watch.Watcher);
        await watch.Watcher.WaitAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return await FindAsync(id, caller, JobRight.Read, cancellationToken);
    }

    /// <summary>
    /// Begins to watch a job; null where the caller has no such job. Dispose what is returned. Of a job that is shared it
    /// ends with the share.
    /// </summary>
    public async ValueTask<JobWatch?> WatchAsync(
        JobId id, string caller, long? after, bool inline, CancellationToken cancellationToken)
    {
        var watch = await feeds.WatchAsync(id, after, inline, cancellationToken);
        if (watch?.Owner == caller)
            return watch;
        if (watch is null)
        {
            await shares.FindAsync(id, "", caller, cancellationToken);
            return null;
        }

        var admitted = false;
        try
        {
            admitted = await watches.AdmitAsync(watch, caller, cancellationToken);
            return admitted ? watch : null;
        }
        finally
        {
            if (!admitted)
                watch.Dispose();
        }
    }

    /// <summary>
    /// A page of the jobs of others that the caller may see, those shared last first; <see cref="JobQuery.Before"/> is the
    /// <see cref="ListPage{T}.Next"/> of the page before. It has no other order.
    /// </summary>
    public async ValueTask<ListPage<JobSnapshot>> ListSharedAsync(JobQuery query, CancellationToken cancellationToken)
    {
        List<JobSnapshot> found = [];
        HashSet<JobId> seen = [];
        var before = query.Before;
        while (true)
        {
            var page = await shares.ListAsync(query.Owner, before, SharesPerRead, cancellationToken);
            foreach (var shared in page)
            {
                before = shared.Number;
                if (!seen.Add(shared.Job)
                    || await FindAsync(shared.Job, query.Owner, JobRight.Read, cancellationToken) is not { } job || !IsMeant(job, query))
                    continue;
                found.Add(job);
                if (found.Count == query.Limit)
                    return new ListPage<JobSnapshot>(found, before);
            }

            if (page.Count < SharesPerRead)
                return new ListPage<JobSnapshot>(found, null);
        }
    }

    /// <summary>Lets who has taken up a job's work again go on with the new job as with the old one.</summary>
    public Task PassOnAsync(JobId id, JobId next, string caller, CancellationToken cancellationToken) =>
        shares.PassOnAsync(id, next, caller, cancellationToken);

    /// <summary>How many watch a job now, whoever's it is.</summary>
    public int CountWatchers(JobId id) => feeds.CountWatchers(id);

    private static bool IsMeant(JobSnapshot job, JobQuery query) =>
        (query.Kind is null || job.Kind == query.Kind)
        && (query.States.Count == 0 || query.States.Contains(job.State))
        && (query.Text is null || job.Title.Contains(query.Text, StringComparison.OrdinalIgnoreCase))
        && (query.Tag is null || job.Tags.Contains(query.Tag, StringComparer.Ordinal));
}

/// <summary>A job that somebody may see.</summary>
/// <param name="Snapshot">Its state, without its place in the queue.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Right">What they may do with it.</param>
internal sealed record FoundJob(JobSnapshot Snapshot, string Owner, JobRight Right);
