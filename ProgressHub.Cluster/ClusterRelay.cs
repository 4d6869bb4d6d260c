using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Cluster;

/// <summary>The relay between nodes: whom there is to send to, and what each of them watches.</summary>
internal sealed class ClusterRelay(
    ILocalSiloDetails self, NodeClient client, IServiceProvider services, TimeProvider time, ILogger<ClusterRelay> logger) : IEventRelay
{
    /// <summary>How long opening a feed waits for the others to know.</summary>
    public static readonly TimeSpan TellWithin = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<SiloAddress, Peer> _peers = new();
    private readonly ConcurrentDictionary<JobId, byte> _watched = new();
    private readonly ConcurrentDictionary<string, byte> _owners = new();
    private HashSet<JobId> _leftBefore = [];

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <summary>The nodes besides this one.</summary>
    public IReadOnlyCollection<Peer> Peers => [.. _peers.Values];

    // It is made before what it delivers to, which publishes through it.
    private RelayedEvents Relayed => field ??= services.GetRequiredService<RelayedEvents>();

    private EventFeeds Feeds => field ??= services.GetRequiredService<EventFeeds>();

    /// <summary>A node has joined.</summary>
    public void Join(SiloAddress node) =>
        _peers.GetOrAdd(node, added => new Peer(client.At(added), self.SiloAddress, WatchedHere, logger)).Refresh();

    /// <summary>A node is gone.</summary>
    public void Leave(SiloAddress node)
    {
        if (_peers.TryRemove(node, out var peer))
            peer.Leave();
    }

    /// <summary>A node says what is watched there.</summary>
    public void Note(SiloAddress from, IEnumerable<string> topics, bool areAll)
    {
        if (_peers.TryGetValue(from, out var peer))
            peer.Note(topics, areAll);
    }

    /// <summary>Takes what another node has committed.</summary>
    public void Receive(byte[] batch)
    {
        foreach (var (owner, frames) in RelayBatch.Read(batch))
            Relayed.Receive(owner, frames);
    }

    /// <inheritdoc/>
    public async ValueTask WatchAsync(JobId id)
    {
        _watched[id] = 0;
        if (_peers.IsEmpty)
            return;
        await Task.WhenAny(Task.WhenAll(_peers.Values.Select(peer => peer.TellAsync(Topic.Of(id)))), Task.Delay(TellWithin, time));
    }

    /// <inheritdoc/>
    public void WatchOwner(string owner)
    {
        // They are as few as the people who ever had a list open here.
        if (!_owners.TryAdd(owner, 0))
            return;
        foreach (var peer in _peers.Values)
            _ = peer.TellAsync(Topic.Of(owner));
    }

    /// <inheritdoc/>
    public void Publish(string owner, IReadOnlyList<EventFrame> frames)
    {
        foreach (var peer in _peers.Values)
            peer.Send(owner, frames);
    }

    /// <summary>Forgets the jobs that were not watched here the last time either, and tells the others what is left.</summary>
    public void ForgetLeft()
    {
        var followed = Feeds.Followed().Select(feed => feed.JobId).ToHashSet();
        var left = _watched.Keys.Where(id => !followed.Contains(id)).ToHashSet();
        foreach (var id in left.Where(_leftBefore.Contains))
            _watched.TryRemove(id, out _);
        _leftBefore = left;
        foreach (var peer in _peers.Values)
            peer.Refresh();
    }

    private string[] WatchedHere() => [.. _watched.Keys.Select(Topic.Of), .. _owners.Keys.Select(Topic.Of)];
}
