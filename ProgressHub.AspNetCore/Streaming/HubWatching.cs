using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>Begins and ends what connections of the hub watch.</summary>
internal sealed class HubWatching(
    StreamGate gate, HubWatches watches, OwnerFeeds owners, JobService jobs, SnapshotViews views)
{
    private const int EventsInAnswer = 1000;
    private const int EventsInItem = 256;
    private const int EndsInAnswer = 1000;

    /// <summary>Begins to watch a job; null where the owner has no such job.</summary>
    public async Task<WatchAnswer?> WatchAsync(HubCallerContext context, StreamStart start, string owner)
    {
        // Only one watch of a job: a connection that asks again goes on from its new cursor, in the same place.
        await watches.EndAsync(context.ConnectionId, start.Job);
        if (await gate.OpenAsync(start with { Inline = true }, owner, context.ConnectionAborted) is not { } admitted)
            return null;
        try
        {
            var events = await ReadAsync(admitted.Watch, EventsInAnswer);
            var snapshot = views.Of(admitted.Watch);
            return new WatchAnswer(snapshot, events) { Watch = await watches.AddAsync(context, admitted) };
        }
        catch
        {
            admitted.Dispose();
            throw;
        }
    }

    /// <summary>A job's state and events, as a stream; null where the owner has no such job.</summary>
    public async ValueTask<IAsyncEnumerable<StreamItem>?> StreamAsync(
        StreamStart start, string owner, CancellationToken cancellationToken) =>
        await gate.OpenAsync(start, owner, cancellationToken) is { } admitted ? ItemsAsync(admitted, cancellationToken) : null;

    /// <summary>
    /// Begins to watch all of an owner's jobs: the states they go on from, and the ends since the cursor, as many as an
    /// answer holds.
    /// </summary>
    public async Task<WatchMineAnswer> WatchMineAsync(HubCallerContext context, string owner, EndingsSeen? cursor)
    {
        await watches.EndMineAsync(context.ConnectionId);
        var lease = gate.Enter(owner, null);
        var watcher = owners.Watch(owner, null, inline: false).Watcher;
        var catchUp = new OwnerCatchUp(owner, jobs, cursor);
        var source = new OwnerHubSource(
            watcher, catchUp, owners, frame => watches.Watches(context.ConnectionId, frame.JobId), lease);
        try
        {
            var answer = await ReadMissedAsync(catchUp, context.ConnectionAborted);
            if (!answer.More)
                return answer with { Watch = watches.AddMine(context, source) };

            // Where there is more, it is asked for at once; until it is all there, nothing comes by itself.
            source.Dispose();
            return answer;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private async Task<WatchMineAnswer> ReadMissedAsync(OwnerCatchUp catchUp, CancellationToken cancellationToken)
    {
        var now = views.Now;
        var states = new List<SnapshotView>();
        var ends = new List<EventFrame>();
        await foreach (var missed in catchUp.ReadAsync(cancellationToken))
        {
            if (missed.Snapshot is { } snapshot)
                states.Add(views.Of(snapshot, now));
            if (missed.Done is { } done)
                ends.Add(done);
            if (ends.Count == EndsInAnswer)
                break;
        }

        return new WatchMineAnswer(states, ends, catchUp.Endings.ToString(), More: ends.Count == EndsInAnswer);
    }

    private async IAsyncEnumerable<StreamItem> ItemsAsync(
        AdmittedWatch admitted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var _ = admitted;
        var watch = admitted.Watch;
        await using var poke = cancellationToken.UnsafeRegister(static w => ((FeedWatcher)w!).Poke(), watch.Watcher);
        yield return new StreamItem(views.Of(watch), null);
        while (!watch.IsComplete)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var events = await ReadAsync(watch, EventsInItem);
            if (events.Length > 0)
                yield return new StreamItem(null, events);
            else
                await watch.Watcher.WaitAsync();
        }
    }

    private static async ValueTask<EventFrame[]> ReadAsync(JobWatch watch, int most)
    {
        var frames = new EventFrame[most];
        var count = await watch.ReadAsync(frames, CancellationToken.None);
        return count == 0 ? [] : frames[..count];
    }
}
