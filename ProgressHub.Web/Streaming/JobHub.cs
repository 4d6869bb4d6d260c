using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Streaming;

/// <summary>
/// The SignalR way to watch. <c>Watch</c> puts the connection into the group <c>job:{id}</c> and answers with the state at
/// the cursor and the events after it; what comes later arrives as <c>events</c>, arrays of events. Events of a job carry
/// their <c>seq</c>; after a reconnect, call <c>Watch</c> again with the last one seen.
/// </summary>
internal sealed class JobHub(JobService jobs, HubWatches watches, TimeProvider time) : Hub
{
    private const int EventsInAnswer = 1000;
    private const int EventsInItem = 256;

    /// <summary>Begins to watch a job from a cursor: null for from now on, 0 for everything.</summary>
    public async Task<WatchAnswer> Watch(string jobId, long? after = null)
    {
        var watch = await OpenAsync(jobId, after, inline: true);
        try
        {
            var events = await ReadAsync(watch, EventsInAnswer);
            await Groups.AddToGroupAsync(Context.ConnectionId, HubWatches.GroupOf(watch.Snapshot.JobId), Context.ConnectionAborted);
            var answer = new WatchAnswer(SnapshotView.Present(watch, time.GetUtcNow()), events);
            watches.Begin(Context.ConnectionId, watch);
            return answer;
        }
        catch
        {
            watch.Dispose();
            throw;
        }
    }

    /// <summary>Stops watching a job.</summary>
    public async Task Unwatch(string jobId)
    {
        watches.End(Context.ConnectionId, Parse(jobId));
        await Groups.RemoveFromGroupAsync(Context.ConnectionId, HubWatches.GroupOf(Parse(jobId)), Context.ConnectionAborted);
    }

    /// <summary>
    /// Begins to watch all of the caller's jobs: answers with the state of each that has not ended; their events, and
    /// those of jobs yet to come, arrive as <c>events</c>. The answer brings a cursor, and a <c>cursor</c> message a new
    /// one after events that end a job. After a reconnect, call it again with the last: the answer then has the state and
    /// the <c>done</c> of each job that ended meanwhile too. Null for somebody who comes for the first time.
    /// </summary>
    public async Task<WatchMineAnswer> WatchMine(string? after)
    {
        var mine = await watches.BeginMineAsync(
            Context.ConnectionId, Owner, EndingsSeen.Parse(after), Context.ConnectionAborted);
        return mine with { Jobs = [.. mine.Jobs.Select(s => SnapshotView.Present(s, time.GetUtcNow()))] };
    }

    /// <summary>Stops watching all of the caller's jobs.</summary>
    public void UnwatchMine() => watches.EndMine(Context.ConnectionId);

    /// <summary>Asks for a job's end; answers with its state.</summary>
    public async Task<JobSnapshot> Cancel(string jobId) =>
        await jobs.CancelAsync(Parse(jobId), Owner, Context.ConnectionAborted) is { } snapshot
            ? SnapshotView.Present(snapshot, time.GetUtcNow())
            : throw NotFound();

    /// <summary>Answers the question a job waits with.</summary>
    public async Task Answer(string jobId, string requestId, string answer)
    {
        try
        {
            if (!await jobs.AnswerAsync(Parse(jobId), Owner, requestId, answer, Context.ConnectionAborted))
                throw NotFound();
        }
        catch (JobConflictException conflict)
        {
            throw new HubException($"{conflict.Code}: {conflict.Message}");
        }
    }

    /// <summary>
    /// The same as a server-to-client stream: first an item with the <c>snapshot</c>, then items with <c>events</c>; it
    /// completes after <c>done</c>.
    /// </summary>
    public async IAsyncEnumerable<StreamItem> Stream(
        string jobId, long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watch = await OpenAsync(jobId, after, inline: false);
        await using var poke = cancellationToken.UnsafeRegister(static w => ((FeedWatcher)w!).Poke(), watch.Watcher);
        yield return new StreamItem(SnapshotView.Present(watch, time.GetUtcNow()), null);
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

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watches.EndMine(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    private string Owner => Context.User!.Owner();

    private static JobId Parse(string jobId) => JobId.TryParse(jobId, null, out var id) ? id : throw NotFound();

    private static HubException NotFound() => new("job_not_found: There is no such job.");

    private static async ValueTask<EventFrame[]> ReadAsync(JobWatch watch, int most)
    {
        var frames = new EventFrame[most];
        var count = await watch.ReadAsync(frames, CancellationToken.None);
        return count == 0 ? [] : frames[..count];
    }

    private async Task<JobWatch> OpenAsync(string jobId, long? after, bool inline) =>
        await jobs.WatchAsync(Parse(jobId), Owner, after, inline, Context.ConnectionAborted) ?? throw NotFound();
}

/// <summary>The answer to <c>Watch</c>.</summary>
/// <param name="Snapshot">The state at the cursor.</param>
/// <param name="Events">The events after it, as far as they are at hand; more follow as <c>events</c>.</param>
internal sealed record WatchAnswer(JobSnapshot Snapshot, IReadOnlyList<EventFrame> Events);

/// <summary>The answer to <c>WatchMine</c>.</summary>
/// <param name="Jobs">The state of each job that has not ended, and of those that ended since the cursor.</param>
/// <param name="Events">The <c>done</c> of the latter.</param>
/// <param name="Cursor">What to call it with after a reconnect.</param>
/// <param name="More">Whether more jobs have ended since than are here: then call it again with this cursor, now.</param>
internal sealed record WatchMineAnswer(
    IReadOnlyList<JobSnapshot> Jobs, IReadOnlyList<EventFrame> Events, string Cursor, bool More);

/// <summary>An item of <c>Stream</c>: one of the two.</summary>
/// <param name="Snapshot">The state at the cursor.</param>
/// <param name="Events">The next events.</param>
internal sealed record StreamItem(JobSnapshot? Snapshot, IReadOnlyList<EventFrame>? Events);
