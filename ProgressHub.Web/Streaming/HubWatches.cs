using System.Collections.Concurrent;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Streaming;

/// <summary>What the hub's connections watch: the relay from feeds to connections.</summary>
internal sealed class HubWatches(
    HubConnections connections, OwnerFeeds owners, JobService jobs, StreamClock clock, TimeProvider time,
    ILogger<HubWatches> logger)
{
    private const int EndsInAnswer = 1000;

    private readonly ConcurrentDictionary<(string Connection, JobId Job), JobHubWatch> _byJob = new();
    private readonly ConcurrentDictionary<string, OwnerHubWatch> _mine = new();
    private readonly ConcurrentDictionary<JobId, SharedBatches> _batches = new();

    public static string GroupOf(JobId id) => $"job:{id}";

    /// <summary>Sends a connection the events of a job from the watch's cursor on; replaces an earlier watching of it.</summary>
    public void Begin(string connectionId, JobWatch watch)
    {
        if (connections.Find(connectionId) is not { } connection)
        {
            watch.Dispose();
            return;
        }

        var id = watch.Snapshot.JobId;
        var hubWatch = new JobHubWatch(connection, watch, Share(id), clock, logger, Closed);
        if (_byJob.TryRemove((connectionId, id), out var earlier))
            earlier.End();
        _byJob[(connectionId, id)] = hubWatch;
        _ = hubWatch.RunAsync(time);
    }

    public void End(string connectionId, JobId id)
    {
        if (_byJob.TryRemove((connectionId, id), out var watch))
            watch.End();
    }

    /// <summary>
    /// Sends a connection the events of all of an owner's jobs; returns the states they go on from, and the ends since
    /// the cursor, as many as an answer holds.
    /// </summary>
    public async Task<WatchMineAnswer> BeginMineAsync(
        string connectionId, string owner, EndingsSeen? cursor, CancellationToken cancellationToken)
    {
        EndMine(connectionId);
        var (watcher, _) = owners.Watch(owner, null, inline: false);
        var catchUp = new OwnerCatchUp(owner, jobs, cursor);
        var states = new List<JobSnapshot>();
        var ends = new List<EventFrame>();
        var more = false;
        try
        {
            await foreach (var missed in catchUp.ReadAsync(cancellationToken))
            {
                if (missed.Snapshot is { } snapshot)
                    states.Add(snapshot);
                if (missed.Done is { } done)
                    ends.Add(done);
                if (more = ends.Count == EndsInAnswer)
                    break;
            }
        }
        catch
        {
            watcher.Dispose();
            throw;
        }

        var answer = new WatchMineAnswer(states, ends, catchUp.Endings.ToString(), more);
        if (more || connections.Find(connectionId) is not { } connection)
        {
            // Where there is more, it is asked for at once; until it is all there, nothing comes by itself.
            watcher.Dispose();
            return answer;
        }

        var watch = new OwnerHubWatch(
            connection, watcher, catchUp, () => owners.Last(owner),
            frame => _byJob.ContainsKey((connectionId, frame.JobId)), clock, logger, Closed);
        _mine[connectionId] = watch;
        _ = watch.RunAsync(time);
        return answer;
    }

    /// <summary>Watches of single jobs see by themselves that their connection is gone; this one is told.</summary>
    public void EndMine(string connectionId)
    {
        if (_mine.TryRemove(connectionId, out var watch))
            watch.End();
    }

    private FrameBatches Share(JobId id)
    {
        while (true)
        {
            var shared = _batches.GetOrAdd(id, static _ => new SharedBatches());
            lock (shared)
            {
                if (shared.Uses < 0)
                    continue;
                shared.Uses++;
                return shared.Batches;
            }
        }
    }

    private void Closed(JobHubWatch watch)
    {
        var id = watch.Watch.Snapshot.JobId;
        _byJob.TryRemove(new KeyValuePair<(string, JobId), JobHubWatch>((watch.ConnectionId, id), watch));
        if (!_batches.TryGetValue(id, out var shared))
            return;
        lock (shared)
        {
            if (--shared.Uses > 0)
                return;
            shared.Uses = -1;
            _batches.TryRemove(id, out _);
        }
    }

    private void Closed(OwnerHubWatch watch) =>
        _mine.TryRemove(new KeyValuePair<string, OwnerHubWatch>(watch.ConnectionId, watch));

    private sealed class SharedBatches
    {
        public FrameBatches Batches { get; } = new();

        /// <summary>How many watches share them; negative once nobody does and they were let go.</summary>
        public int Uses { get; set; }
    }
}
