using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>The server-sent-events endpoints: one job's stream, and that of all of the caller's.</summary>
internal sealed class SseStreams(
    StreamGate gate, JobService jobs, OwnerFeeds owners, SnapshotViews views, StreamClock clock, ILogger<SseStreams> logger)
{
    /// <summary>Streams a job.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The job asked for.</param>
    /// <param name="after">The cursor in the query, as it was sent.</param>
    public Task StreamAsync(HttpContext context, JobId id, string? after) => gate.StreamAsync(
        context, new StreamStart(id, StreamCursor.Of(context.Request, after)) { Inline = true },
        admitted => new JobSseStream(new SseResponse(context, clock, logger, admitted), admitted.Watch, views).RunAsync());

    /// <summary>Streams all of the caller's jobs.</summary>
    public Task StreamAllAsync(HttpContext context) => gate.StreamAsync(context, async (owner, lease) =>
    {
        var cursor = OwnerCursor.Parse(StreamCursor.HeaderOf(context.Request), owners.Epoch);
        var from = owners.Watch(owner, cursor.Position, inline: false);
        var response = new SseResponse(context, clock, logger, new HeldTogether(from.Watcher, lease));
        var catchUp = new OwnerCatchUp(owner, jobs, cursor.Endings);
        await new OwnerSseStream(response, owners, from, catchUp, views).RunAsync();
    });
}
