using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// What other nodes have committed, on its way to who watches it here. Messages are hints: they may come twice, late, or not at
/// all. The numbers say what is new, the log has what is missing, and a look at the ends of the logs finds what nobody told of.
/// </summary>
internal sealed class RelayedEvents(EventFeeds feeds, OwnerFeeds owners, IEventLog log, TimeProvider time)
{
    // Longer than a message between nodes is ever on its way.
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(30);

    /// <summary>Takes events of one job, in order; repeated, late or with some missing before them.</summary>
    /// <param name="owner">Whose job it is.</param>
    /// <param name="frames">The events.</param>
    public void Receive(string owner, IReadOnlyList<EventFrame> frames)
    {
        if (feeds.Find(frames[0].JobId) is not { } feed)
        {
            owners.Publish(owner, frames);
            return;
        }

        var received = feed.Receive(frames, fromLog: false);
        if (received.Shown.Count > 0)
            owners.Publish(owner, received.Shown);
        if (!received.IsWhole)
            CatchUp(feed);
    }

    /// <summary>Looks at the ends of the logs that are watched here, and shows what is not known here.</summary>
    /// <exception cref="StorageUnavailableException">They can't be read now.</exception>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await CatchUpJobsAsync(cancellationToken);
        foreach (var (owner, newSince) in owners.Watched())
            await CatchUpOwnerAsync(owner, newSince, cancellationToken);
    }

    private async Task CatchUpOwnerAsync(string owner, DateTimeOffset? newSince, CancellationToken cancellationToken)
    {
        if (newSince is { } since)
        {
            var underWay = await log.ReadRecentEndsAsync(owner, DateTimeOffset.MaxValue, cancellationToken);
            var begun = await log.ReadRecentEndsAsync(owner, since, cancellationToken);
            owners.Compare(owner, shown => shown.Begin(begun, underWay));
            return;
        }

        var ends = await log.ReadRecentEndsAsync(owner, time.GetUtcNow() - Recent, cancellationToken);
        owners.Compare(owner, shown => shown.Compare(ends));
    }

    private async Task CatchUpJobsAsync(CancellationToken cancellationToken)
    {
        var behind = feeds.Followed().Where(feed => !feed.IsWritten && !feed.Snapshot.IsFinal).ToList();
        if (behind.Count == 0)
            return;
        var ends = await log.ReadEndsAsync([.. behind.Select(feed => feed.JobId)], cancellationToken);
        foreach (var feed in behind.Where(feed => ends.GetValueOrDefault(feed.JobId) > feed.Snapshot.Seq))
            CatchUp(feed);
    }

    // A log that is written here is shown by its writer, once what goes with an end is done.
    private void CatchUp(EventFeed feed)
    {
        if (!feed.IsWritten && feed.Tail.Want())
            _ = ReadAsync(feed);
    }

    private async Task ReadAsync(EventFeed feed)
    {
        try
        {
            await feed.Tail.ReadWantedAsync(shown => owners.Publish(feed.Owner, shown), CancellationToken.None);
        }
        catch (Exception failure) when (failure is StorageUnavailableException or StorageClosedException)
        {
            // The next look finds it again.
        }
    }
}
