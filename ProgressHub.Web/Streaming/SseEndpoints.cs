using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Streaming;

/// <summary>The server-sent-events endpoints: one job's, and all of the caller's.</summary>
internal sealed class SseEndpoints(
    JobService jobs, OwnerFeeds owners, StreamClock clock, WatcherLimiter limiter, ILogger<SseEndpoints> logger)
    : IEventStreamer
{
    public async Task StreamAsync(HttpContext context, JobId id, long? after)
    {
        var call = new JobCall(id, context.User, jobs, context.RequestAborted);
        var cursor = StreamCursor.Parse(context.Request.Headers["Last-Event-ID"].ToString()) ?? after;
        using var watch = await jobs.WatchAsync(id, call.Owner, cursor, inline: true, call.Aborted);
        if (watch is null)
        {
            await (await call.AbsentAsync()).ExecuteAsync(context);
            return;
        }

        if (cursor == watch.Cursor && watch.IsComplete)
        {
            // The whole answer to a reconnect with nothing left to say: it stops an EventSource for good.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await WithinLimitAsync(context, call.Owner, id, new JobSseStream(context, watch, clock, logger));
    }

    /// <summary>Streams all of the caller's jobs.</summary>
    public async Task StreamAllAsync(HttpContext context)
    {
        var owner = context.User.Owner();
        var cursor = OwnerCursor.Parse(context.Request.Headers["Last-Event-ID"].ToString(), owners.Epoch);
        var from = owners.Watch(owner, cursor.Position, inline: false);
        using var watcher = from.Watcher;
        await WithinLimitAsync(
            context, owner, null, new OwnerSseStream(context, owner, owners, from, cursor.Endings, jobs, clock, logger));
    }

    private async Task WithinLimitAsync(HttpContext context, string owner, JobId? job, SseStream stream)
    {
        if (!limiter.TryEnter(owner, job))
        {
            await WatcherLimiter.Refusal.WriteAsync(context);
            return;
        }

        try
        {
            await stream.RunAsync();
        }
        finally
        {
            limiter.Exit(owner, job);
        }
    }
}
