using System.Diagnostics.CodeAnalysis;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>The feeds that are in use: those of jobs that are being written, and those that somebody watches.</summary>
internal sealed class EventFeeds(IEventLog log, OwnerFeeds owners, IEventRelay relay, FlushTick tick, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, Entry> _entries = [];
    private readonly Dictionary<JobId, Opening> _openings = [];

    /// <summary>How many watchers there are on all jobs.</summary>
    public int WatcherCount
    {
        get
        {
            lock (_gate)
                return _entries.Values.Sum(e => e.Feed.WatcherCount);
        }
    }

    /// <summary>
    /// Begins to watch a job: its state at the cursor and, from there on, every event once and in order.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="after">The cursor: the last <c>seq</c> seen, 0 for everything, null for from now on.</param>
    /// <param name="inline">
    /// Whether the reader does so little between waits that it may run on the thread that wakes it, one after the other
    /// with others. False for anybody's code but a stream's.
    /// </param>
    /// <param name="cancellationToken">Gives up opening.</param>
    /// <returns>Null where there is no such job. Dispose what is returned.</returns>
    public async ValueTask<JobWatch?> WatchAsync(
        JobId id, long? after, bool inline, CancellationToken cancellationToken)
    {
        var lease = await AcquireAsync(id, follow: true, cancellationToken);
        if (lease is null)
            return null;

        var (watcher, snapshot) = lease.Feed.Watch(after, inline);
        try
        {
            snapshot ??= await lease.Feed.FoldAsync(watcher.Cursor, cancellationToken);
            return new JobWatch(lease, watcher, snapshot);
        }
        catch
        {
            watcher.Dispose();
            lease.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Follows a job with one event at a time, for general use: ends after <c>done</c>. See <see cref="JobWatch"/> for
    /// the snapshot and for frames in batches.
    /// </summary>
    /// <returns>Null where there is no such job.</returns>
    public async ValueTask<JobFollow?> WatchAsync(JobId id, long? after, CancellationToken cancellationToken)
    {
        var watch = await WatchAsync(id, after, inline: false, cancellationToken);
        return watch is null ? null : new JobFollow(watch.Snapshot, watch.EventsAsync(cancellationToken));
    }

    /// <summary>
    /// The state of a job as of its last event: from its feed where it has one that knows it, else from the store. Whatever was
    /// acknowledged before, at this node or another, is in it.
    /// </summary>
    public async ValueTask<StoredSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        // Of a job that has ended, only the store knows whether it was purged since.
        if (Find(id) is { } feed && feed.Snapshot is { IsFinal: false } known
            && (!relay.IsShared || await ReadEndAsync(id, cancellationToken) == known.Seq))
            return new StoredSnapshot(feed.Owner, known);
        return await log.FindSnapshotAsync(id, cancellationToken);
    }

    /// <summary>How many watch a job now.</summary>
    internal int CountWatchers(JobId id)
    {
        lock (_gate)
            return _entries.TryGetValue(id, out var entry) ? entry.Feed.WatcherCount : 0;
    }

    /// <summary>The state of a job that somebody watches now; null where nobody does.</summary>
    internal JobSnapshot? FindWatched(JobId id)
    {
        lock (_gate)
            return _entries.TryGetValue(id, out var entry) && entry.Feed.WatcherCount > 0 ? entry.Feed.Snapshot : null;
    }

    /// <summary>Takes hold of a job's feed, opening it where nobody has it; null where there is no such job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="follow">Whether to be told of what other nodes write; false for who comes to write.</param>
    /// <param name="cancellationToken">Gives up opening.</param>
    internal async ValueTask<FeedLease?> AcquireAsync(JobId id, bool follow, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAcquire(id, follow, out var lease, out var opening))
            {
                // What others send may be late or lost, and who comes may have seen more of the log at another node.
                if (follow && !lease.Feed.IsWritten)
                    await CatchUpAsync(lease, cancellationToken);
                return lease;
            }

            StoredSnapshot? stored = null;
            try
            {
                if (follow)
                    await relay.WatchAsync(id);
                stored = await log.FindSnapshotAsync(id, cancellationToken);
            }
            finally
            {
                lease = EndOpening(id, follow, opening, stored);
            }

            if (stored is not null && lease is null)
                continue;
            if (lease?.Feed is { IsWritten: false } feed && feed.Snapshot.Seq < stored!.Snapshot.Seq)
                await CatchUpAsync(lease, cancellationToken);
            return lease;
        }
    }

    /// <summary>Makes the feed of a job that is only now being created; nobody else knows its id yet.</summary>
    internal FeedLease Add(StoredSnapshot created)
    {
        lock (_gate)
        {
            var entry = new Entry(new EventFeed(created.Owner, created.Snapshot, log, tick, time) { IsOfSubmission = true });
            _entries.Add(created.Snapshot.JobId, entry);
            return Lease(entry);
        }
    }

    /// <summary>Publishes what a writer has committed.</summary>
    internal void Publish(EventFeed feed, IReadOnlyList<EventFrame> frames, JobSnapshot after, bool moreComing)
    {
        var news = feed.Publish(frames, after, moreComing);
        if (news.Count > 0)
            owners.Publish(feed.Owner, news);
        relay.Publish(feed.Owner, frames);
    }

    /// <summary>The feed of a job that is in use here; null where it is not.</summary>
    internal EventFeed? Find(JobId id)
    {
        lock (_gate)
            return _entries.GetValueOrDefault(id)?.Feed;
    }

    /// <summary>The feeds that are told of what other nodes write.</summary>
    internal IReadOnlyList<EventFeed> Followed()
    {
        lock (_gate)
            return [.. _entries.Values.Where(e => e.IsFollowed).Select(e => e.Feed)];
    }

    /// <summary>Brings a feed to the end of the log, where others may write to it too; gives the lease up where it can't.</summary>
    internal async ValueTask CatchUpAsync(FeedLease lease, CancellationToken cancellationToken)
    {
        if (!relay.IsShared)
            return;
        try
        {
            await lease.Feed.Tail.ReadAsync(shown => owners.Publish(lease.Feed.Owner, shown), cancellationToken);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    internal void Release(JobId id)
    {
        lock (_gate)
        {
            var entry = _entries[id];
            if (--entry.Uses > 0)
                return;
            _entries.Remove(id);
            if (_openings.TryGetValue(id, out var opening))
                opening.IsStale = true;
        }
    }

    private async ValueTask<long> ReadEndAsync(JobId id, CancellationToken cancellationToken) =>
        (await log.ReadEndsAsync([id], cancellationToken)).GetValueOrDefault(id);

    private bool TryAcquire(
        JobId id, bool follow, [NotNullWhen(true)] out FeedLease? lease, [NotNullWhen(false)] out Opening? opening)
    {
        lock (_gate)
        {
            (lease, opening) = (null, null);
            if (_entries.TryGetValue(id, out var entry) && (!follow || !relay.IsShared || entry.IsFollowed))
            {
                lease = Lease(entry);
                return true;
            }

            if (!_openings.TryGetValue(id, out opening) || opening.IsStale)
                _openings[id] = opening = new Opening();
            opening.Readers++;
            return false;
        }
    }

    /// <summary>Null where the snapshot can't be used.</summary>
    private FeedLease? EndOpening(JobId id, bool follow, Opening opening, StoredSnapshot? stored)
    {
        lock (_gate)
        {
            if (--opening.Readers == 0 && _openings.GetValueOrDefault(id) == opening)
                _openings.Remove(id);
            if (stored is null)
                return null;
            if (_entries.TryGetValue(id, out var entry))
            {
                entry.IsFollowed |= follow;
                return Lease(entry);
            }

            // A feed that came and went since the snapshot was read may have taken the log further than it says.
            if (opening.IsStale)
                return null;
            entry = new Entry(new EventFeed(stored.Owner, stored.Snapshot, log, tick, time)) { IsFollowed = follow };
            _entries.Add(id, entry);
            return Lease(entry);
        }
    }

    private FeedLease Lease(Entry entry)
    {
        entry.Uses++;
        return new FeedLease(this, entry.Feed);
    }

    /// <summary>Snapshots of a job that are being read, to make a feed of it.</summary>
    private sealed class Opening
    {
        public int Readers { get; set; }

        public bool IsStale { get; set; }
    }

    private sealed class Entry(EventFeed feed)
    {
        public EventFeed Feed { get; } = feed;

        public int Uses { get; set; }

        /// <summary>Whether other nodes were asked for what they write before its state was read.</summary>
        public bool IsFollowed { get; set; }
    }
}

/// <summary>Holds a feed open.</summary>
internal sealed class FeedLease(EventFeeds feeds, EventFeed feed) : IDisposable
{
    private int _released;

    public EventFeed Feed { get; } = feed;

    public void Publish(IReadOnlyList<EventFrame> frames, JobSnapshot after, bool moreComing) =>
        feeds.Publish(Feed, frames, after, moreComing);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            feeds.Release(Feed.JobId);
    }
}
