using System.Collections.Concurrent;

namespace ProgressHub.Core.Events;

/// <summary>
/// All events of an owner's jobs on one stream. Positions on it live as long as the server; a watcher whose position is
/// gone is told what it missed from the store.
/// </summary>
internal sealed class OwnerFeeds(IEventRelay relay, FlushTick tick, TimeProvider time)
{
    private static readonly TimeSpan KeepAfterLeaving = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, OwnerFeed> _feeds = new();
    private long _sweptAt = time.GetTimestamp();

    /// <summary>Names this run of the server, so that a position of another run is not taken for one of this.</summary>
    public string Epoch { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>How many watchers there are.</summary>
    public int WatcherCount => _feeds.Values.Sum(feed => feed.Broadcast.WatcherCount);

    /// <summary>Begins to watch everything of an owner.</summary>
    /// <param name="owner">Whose jobs.</param>
    /// <param name="after">A position of this epoch; null for from now on.</param>
    /// <param name="inline">See <see cref="EventFeeds.WatchAsync(Jobs.JobId, long?, bool, CancellationToken)"/>.</param>
    /// <returns>
    /// The watcher, and whether it goes on right where <paramref name="after"/> left off. Where it does not, list the
    /// owner's jobs now: what happens from here on is on the watcher.
    /// </returns>
    public (FeedWatcher Watcher, bool Resumed) Watch(string owner, long? after, bool inline)
    {
        ClearAbandoned();
        relay.WatchOwner(owner);
        var broadcast = _feeds.GetOrAdd(
            owner, _ => new OwnerFeed(new FrameBroadcast(0, tick, time), time.GetUtcNow(), relay.IsShared ? new ShownEnds() : null)).Broadcast;
        lock (broadcast.Gate)
        {
            var resumed = after is >= 0 && after <= broadcast.Last && broadcast.CanRead(after.Value);
            return (broadcast.AddWatcher(resumed ? after!.Value : broadcast.Last, inline), resumed);
        }
    }

    /// <summary>The position of the last event of an owner's jobs.</summary>
    public long Last(string owner)
    {
        if (!_feeds.TryGetValue(owner, out var feed))
            return 0;
        lock (feed.Broadcast.Gate)
            return feed.Broadcast.Last;
    }

    /// <summary>The owners of whom somebody watches all jobs now; with the moment since when, where nothing was compared yet.</summary>
    internal IReadOnlyList<(string Owner, DateTimeOffset? NewSince)> Watched() =>
    [
        .. _feeds.Where(feed => feed.Value.Broadcast.WatcherCount > 0)
            .Select(feed => (feed.Key, feed.Value.Shown is { IsNew: true } ? feed.Value.OpenedAt : (DateTimeOffset?)null)),
    ];

    /// <summary>
    /// Compares what was shown of an owner's jobs with the ends of their logs. Where something is missing, each watcher is told
    /// from the store, as one is that has fallen behind.
    /// </summary>
    /// <param name="owner">The owner.</param>
    /// <param name="compare">Compares; false where something is missing.</param>
    internal void Compare(string owner, Func<ShownEnds, bool> compare)
    {
        if (!_feeds.TryGetValue(owner, out var feed) || feed.Shown is not { } shown)
            return;
        bool wake;
        lock (feed.Broadcast.Gate)
            wake = !compare(shown) && feed.Broadcast.Skip();
        if (wake)
            feed.Broadcast.Wake();
    }

    internal void Publish(string owner, IReadOnlyList<EventFrame> frames)
    {
        // An owner nobody has watched yet has no stream to resume; the first watcher starts one.
        if (!_feeds.TryGetValue(owner, out var feed))
            return;

        bool wake;
        lock (feed.Broadcast.Gate)
            wake = Add(feed, frames);
        if (wake)
            feed.Broadcast.Wake();
    }

    private static bool Add(OwnerFeed feed, IReadOnlyList<EventFrame> frames)
    {
        if (feed.Shown is null)
            return feed.Broadcast.Add(frames, urgent: false);
        var received = feed.Shown.Note(frames);
        var wake = !received.IsWhole && feed.Broadcast.Skip();
        return (received.Shown.Count > 0 && feed.Broadcast.Add(received.Shown, urgent: false)) || wake;
    }

    // Only a new watcher makes frames be kept, so it is the one to look. The positions stay: were they to start over,
    // one of before could be taken for one of now.
    private void ClearAbandoned()
    {
        var swept = Interlocked.Read(ref _sweptAt);
        if (time.GetElapsedTime(swept) < KeepAfterLeaving
            || Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), swept) != swept)
            return;
        foreach (var feed in _feeds.Values)
            feed.Broadcast.ClearIfLeftFor(KeepAfterLeaving);
    }

    /// <param name="Broadcast">The stream.</param>
    /// <param name="OpenedAt">Since when.</param>
    /// <param name="Shown">What was shown on it; null where this node writes all there is.</param>
    private sealed record OwnerFeed(FrameBroadcast Broadcast, DateTimeOffset OpenedAt, ShownEnds? Shown);
}
