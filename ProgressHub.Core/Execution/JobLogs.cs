using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;

namespace ProgressHub.Core.Execution;

/// <summary>Creates jobs' logs, and opens them for writing.</summary>
internal sealed class JobLogs(EventFeeds feeds, OwnerFeeds owners, IEventRelay relay, IEventLog log, IJobStore store, TimeProvider time)
{
    /// <summary>The state of a job as of its last event; null where there is none.</summary>
    public ValueTask<StoredSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        feeds.FindAsync(id, cancellationToken);

    /// <summary>Whether there is, or was, a job of that id.</summary>
    public async Task<bool> IsTakenAsync(JobId id, CancellationToken cancellationToken) =>
        await feeds.FindAsync(id, cancellationToken) is not null
        || await store.FindTombstoneAsync(id, cancellationToken) is not null;

    /// <summary>Makes a job durable and shows its first event.</summary>
    /// <returns>What came of it, and the job's feed; dispose that once whoever runs the job has it, or it was not created.</returns>
    /// <exception cref="StorageUnavailableException">The store can't take it now; nothing was written.</exception>
    public async Task<(CreateOutcome Outcome, FeedLease Feed)> CreateAsync(NewJob job, CancellationToken cancellationToken)
    {
        // Its log is held until its first event is shown: whoever runs it may be quicker than we hear that it is on disk.
        var lease = feeds.Add(new StoredSnapshot(job.Job.Owner, job.Snapshot));
        await lease.Feed.WriterSlot.WaitAsync(CancellationToken.None);
        try
        {
            var outcome = await log.CreateAsync(job, cancellationToken);
            if (outcome.Created)
            {
                owners.Publish(job.Job.Owner, [job.Queued]);
                relay.Publish(job.Job.Owner, [job.Queued]);
            }

            return (outcome, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
        finally
        {
            lease.Feed.WriterSlot.Release();
        }
    }

    /// <summary>
    /// Takes a job's log, once whoever writes it now is done and however long the store takes; null where there is no such job.
    /// </summary>
    public Task<EventWriter?> OpenAsync(JobId id, CancellationToken cancellationToken) => StorageRetry.RetryUntilAvailableAsync(
        () => OpenAsync(id, null, Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask(), time, cancellationToken);

    /// <summary>The same for a job that this node has just claimed: one that nobody has touched before need not be read again.</summary>
    public Task<EventWriter?> OpenClaimedAsync(Job claimed, CancellationToken cancellationToken) => StorageRetry.RetryUntilAvailableAsync(
        () => OpenAsync(claimed.Id, claimed, Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask(), time, cancellationToken);

    /// <summary>Takes a job's log if nobody writes it now; null also where somebody does.</summary>
    public ValueTask<EventWriter?> TryOpenAsync(JobId id, CancellationToken cancellationToken) =>
        OpenAsync(id, null, TimeSpan.Zero, cancellationToken);

    private async ValueTask<EventWriter?> OpenAsync(JobId id, Job? claimed, TimeSpan patience, CancellationToken cancellationToken)
    {
        var lease = await feeds.AcquireAsync(id, follow: false, cancellationToken);
        return lease is null
            ? null
            : await EventWriter.OpenAsync(
                lease, log, () => ReadJobAsync(lease, claimed, cancellationToken), time, patience, cancellationToken);
    }

    /// <summary>
    /// First what other nodes have written, then the row: where they write in between, an append that builds on the older
    /// state does not pass the fence.
    /// </summary>
    private async ValueTask<Job?> ReadJobAsync(FeedLease lease, Job? claimed, CancellationToken cancellationToken)
    {
        // A row changes with an event, and where this node alone writes, a feed that has been here from the first knows of each:
        // where there is none but the submission, the row is as it was claimed.
        if (claimed is not null && !relay.IsShared && lease.Feed is { IsOfSubmission: true, Snapshot.Seq: 1 })
            return claimed;
        await feeds.CatchUpAsync(lease, cancellationToken);
        return await store.FindAsync(lease.Feed.JobId, cancellationToken);
    }
}
