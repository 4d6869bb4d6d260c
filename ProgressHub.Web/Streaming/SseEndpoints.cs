using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Streaming;

/// <summary>The server-sent-events endpoints: one job's, and all of the caller's.</summary>
internal sealed class SseEndpoints(
    JobService jobs, OwnerFeeds owners, ICallerIdentity caller, StreamClock clock, WatcherLimiter limiter,
    ILogger<SseEndpoints> logger) : IEventStreamer
{
    /// <summary>Streams one job from a cursor: <c>Last-Event-ID</c>, else <paramref name="after"/>, else from the present.</summary>
    public async Task StreamAsync(HttpContext context, JobId id, long? after)
    {
        var owner = caller.OwnerOf(context.User);
        var cursor = StreamCursor.Parse(context.Request.Headers["Last-Event-ID"].ToString()) ?? after;
        using var watch = await jobs.WatchAsync(id, owner, cursor, inline: true, context.RequestAborted);
        if (watch is null)
        {
            await (await JobProblems.AbsentAsync(jobs, id, owner, context.RequestAborted)).ExecuteAsync(context);
            return;
        }

        if (cursor >= watch.Cursor && watch.IsComplete)
        {
            // The whole answer to a reconnect with nothing left to say: it stops an EventSource for good.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        using var place = limiter.TryEnter(owner, id);
        if (place is null)
        {
            await JobProblems.TooManyWatchers().ExecuteAsync(context);
            return;
        }

        await new JobSseStream(context, watch, clock, logger).RunAsync();
    }

    /// <summary>Streams all of the caller's jobs.</summary>
    public async Task StreamAllAsync(HttpContext context)
    {
        var owner = caller.OwnerOf(context.User);
        using var place = limiter.TryEnter(owner, null);
        if (place is null)
        {
            await JobProblems.TooManyWatchers().ExecuteAsync(context);
            return;
        }

        var after = StreamCursor.ParsePosition(context.Request.Headers["Last-Event-ID"].ToString(), owners.Epoch);
        var from = owners.Watch(owner, after, inline: false);
        using var watcher = from.Watcher;
        await new OwnerSseStream(context, owner, owners, from, jobs, clock, logger).RunAsync();
    }
}
