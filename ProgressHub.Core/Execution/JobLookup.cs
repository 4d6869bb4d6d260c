using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Finds jobs for whoever asks: of anybody else's there is nothing to be found.</summary>
internal sealed class JobLookup(EventFeeds feeds, IJobStore store, TimeProvider time)
{
    /// <summary>A job's present state, with its place in the queue; null where the owner has no such job.</summary>
    public async ValueTask<JobSnapshot?> FindAsync(JobId id, string owner, CancellationToken cancellationToken)
    {
        if (await feeds.FindAsync(id, cancellationToken) is not { } stored || stored.Owner != owner)
            return null;
        return stored.Snapshot.State == JobState.Queued
            ? stored.Snapshot with { QueuePosition = await store.QueuePositionAsync(id, cancellationToken) }
            : stored.Snapshot;
    }

    /// <summary>Whether the owner had such a job and it was purged.</summary>
    public async ValueTask<bool> WasPurgedAsync(JobId id, string owner, CancellationToken cancellationToken) =>
        await store.FindTombstoneAsync(id, cancellationToken) is { } tombstone && tombstone.Owner == owner;

    /// <summary>A job's state once its <c>seq</c> is above <paramref name="after"/>, or when the time is up; null where there is none.</summary>
    public async Task<JobSnapshot?> WaitAsync(
        JobId id, string owner, long after, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var present = await FindAsync(id, owner, cancellationToken);
        if (present is null || present.Seq > after || present.IsFinal || timeout <= TimeSpan.Zero)
            return present;

        using var watch = await feeds.WatchAsync(id, after, inline: false, cancellationToken);
        if (watch is null)
            return null;
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        await using var poke = either.Token.UnsafeRegister(static w => ((FeedWatcher)w!).Poke(), watch.Watcher);
        await watch.Watcher.WaitAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return await FindAsync(id, owner, cancellationToken);
    }

    /// <summary>Begins to watch a job; null where the owner has no such job. Dispose what is returned.</summary>
    public async ValueTask<JobWatch?> WatchAsync(
        JobId id, string owner, long? after, bool inline, CancellationToken cancellationToken)
    {
        var watch = await feeds.WatchAsync(id, after, inline, cancellationToken);
        if (watch is null || watch.Owner == owner)
            return watch;
        watch.Dispose();
        return null;
    }

    /// <summary>How many watch a job now, whoever's it is.</summary>
    public int CountWatchers(JobId id) => feeds.CountWatchers(id);
}
