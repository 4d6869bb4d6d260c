using System.Collections.Concurrent;

namespace ProgressHub.Core.Events;

/// <summary>
/// All events of an owner's jobs on one stream. Positions on it live as long as the server; a watcher whose position is
/// gone is told what it missed from the store.
/// </summary>
internal sealed class OwnerFeeds(IEventRelay relay, FlushTick tick, TimeProvider time)
{
    private static readonly TimeSpan KeepAfterLeaving = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, FrameBroadcast> _broadcasts = new();
    private long _sweptAt = time.GetTimestamp();

    /// <summary>Names this run of the server, so that a position of another run is not taken for one of this.</summary>
    public string Epoch { get; } = Guid.NewGuid().ToString("N")[..8];

    /// <summary>How many watchers there are.</summary>
    public int WatcherCount => _broadcasts.Values.Sum(b => b.WatcherCount);

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
        var broadcast = _broadcasts.GetOrAdd(owner, _ => new FrameBroadcast(0, tick, time));
        lock (broadcast.Gate)
        {
            var resumed = after is >= 0 && after <= broadcast.Last && broadcast.CanRead(after.Value);
            return (broadcast.AddWatcher(resumed ? after!.Value : broadcast.Last, inline), resumed);
        }
    }

    /// <summary>The position of the last event of an owner's jobs.</summary>
    public long Last(string owner)
    {
        if (!_broadcasts.TryGetValue(owner, out var broadcast))
            return 0;
        lock (broadcast.Gate)
            return broadcast.Last;
    }

    internal void Publish(string owner, IReadOnlyList<EventFrame> frames)
    {
        // An owner nobody has watched yet has no stream to resume; the first watcher starts one.
        if (!_broadcasts.TryGetValue(owner, out var broadcast))
            return;

        bool wake;
        lock (broadcast.Gate)
            wake = broadcast.Add(frames, urgent: false);
        if (wake)
            broadcast.Wake();
    }

    // Only a new watcher makes frames be kept, so it is the one to look. The positions stay: were they to start over,
    // one of before could be taken for one of now.
    private void ClearAbandoned()
    {
        var swept = Interlocked.Read(ref _sweptAt);
        if (time.GetElapsedTime(swept) < KeepAfterLeaving
            || Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), swept) != swept)
            return;
        foreach (var broadcast in _broadcasts.Values)
            broadcast.ClearIfLeftFor(KeepAfterLeaving);
    }
}
