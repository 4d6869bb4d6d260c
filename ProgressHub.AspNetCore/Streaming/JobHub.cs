using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// The SignalR way to watch. <c>Watch</c> puts the connection into the group <c>job:{id}</c> and answers with the state at
/// the cursor and the events after it; what comes later arrives as <c>events</c>, arrays of events. Events of a job carry
/// their <c>seq</c>; after a reconnect, call <c>Watch</c> again with the last one seen. What is refused is a
/// <see cref="HubException"/> that begins with a stable code: <c>job_not_found</c>, <c>too_many_watchers</c>,
/// <c>scope_missing</c>.
/// </summary>
/// <remarks>
/// A host sends watchers messages of its own through <c>IHubContext&lt;JobHub&gt;</c> and the job's group, of which a
/// connection is a member from <c>Watch</c> to <c>Unwatch</c> or the end of the job. A message reaches each of them behind
/// the events there were when it was sent, and before those that came later.
/// </remarks>
public sealed class JobHub : Hub
{
    private readonly HubWatching _watching;
    private readonly HubWatches _watches;
    private readonly JobService _jobs;
    private readonly SnapshotViews _views;
    private readonly IHostApplicationLifetime _lifetime;

    internal JobHub(
        HubWatching watching, HubWatches watches, JobService jobs, SnapshotViews views, IHostApplicationLifetime lifetime) =>
        (_watching, _watches, _jobs, _views, _lifetime) = (watching, watches, jobs, views, lifetime);

    private string Owner => Context.User!.Owner();

    /// <summary>Who comes while the server stops is not kept: nothing would end that connection.</summary>
    public override Task OnConnectedAsync()
    {
        if (_lifetime.ApplicationStopping.IsCancellationRequested)
            Context.Abort();
        return base.OnConnectedAsync();
    }

    /// <summary>Begins to watch a job from a cursor: null for from now on, 0 for everything.</summary>
    public async Task<WatchAnswer> Watch(string jobId, long? after = null) =>
        await _watching.WatchAsync(Context, new StreamStart(Watchable(jobId), after), Owner) ?? throw NotFound();

    /// <summary>Stops watching a job.</summary>
    public Task Unwatch(string jobId) => _watches.EndAsync(Context.ConnectionId, Parse(jobId));

    /// <summary>
    /// Begins to watch all of the caller's jobs: answers with the state of each that has not ended; their events, and
    /// those of jobs yet to come, arrive as <c>events</c>. The answer brings a cursor, and a <c>cursor</c> message a new
    /// one after events that end a job. After a reconnect, call it again with the last: the answer then has the state and
    /// the <c>done</c> of each job that ended meanwhile too. Null for somebody who comes for the first time.
    /// </summary>
    public Task<WatchMineAnswer> WatchMine(string? after) => Context.User!.TicketAllowsAll()
        ? _watching.WatchMineAsync(Context, Owner, EndingsSeen.Parse(after))
        : throw new HubException("ticket_for_one_job: The ticket is good for one job; ask for one without a job to watch all.");

    /// <summary>Stops watching all of the caller's jobs.</summary>
    public Task UnwatchMine() => _watches.EndMineAsync(Context.ConnectionId);

    /// <summary>Asks for a job's end; answers with its state.</summary>
    public async Task<SnapshotView> Cancel(string jobId)
    {
        RequireWriting();
        return await _jobs.CancelAsync(Parse(jobId), Owner, Context.ConnectionAborted) is { } snapshot
            ? _views.Of(snapshot)
            : throw NotFound();
    }

    /// <summary>Answers the question a job waits with.</summary>
    public async Task Answer(string jobId, string requestId, string answer)
    {
        RequireWriting();
        try
        {
            if (!await _jobs.AnswerAsync(Parse(jobId), Owner, requestId, answer, Context.ConnectionAborted))
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
        var start = new StreamStart(Watchable(jobId), after);
        var items = await _watching.StreamAsync(start, Owner, cancellationToken) ?? throw NotFound();
        await foreach (var item in items)
            yield return item;
    }

    private static JobId Parse(string jobId) => JobId.TryParse(jobId, null, out var id) ? id : throw NotFound();

    private JobId Watchable(string jobId) => Parse(jobId) is var id && Context.User!.TicketAllows(id) ? id : throw NotFound();

    private void RequireWriting()
    {
        if (!Context.User!.Allows(AccessScope.WriteJobs))
            throw new HubException($"scope_missing: This needs the scope {AccessScope.WriteJobs}.");
    }

    private static HubException NotFound() => new("job_not_found: There is no such job.");
}
