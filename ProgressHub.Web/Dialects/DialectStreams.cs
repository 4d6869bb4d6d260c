using ProgressHub.Core.Execution;
using ProgressHub.Web.Hosting;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.Security;
using ProgressHub.Web.Streaming;

namespace ProgressHub.Web.Dialects;

/// <summary>Answers requests for a job's stream in a dialect; resumed by <c>Last-Event-ID</c>, as every stream here.</summary>
internal sealed class DialectStreams(
    JobService jobs, StreamClock clock, WatcherLimiter limiter, TimeProvider time, ILogger<DialectStreams> logger)
{
    /// <summary>Writes the whole response: the stream, 204 where there is nothing left to say, or a problem.</summary>
    public async Task RunAsync(HttpContext context, DialectStreamOptions options, IProjection projection)
    {
        var call = new JobCall(options.Job, context.User, jobs, context.RequestAborted);
        var resumed = StreamCursor.Parse(context.Request.Headers["Last-Event-ID"].ToString());
        using var watch = await jobs.WatchAsync(call.Id, call.Owner, resumed ?? options.Start, inline: false, call.Aborted);
        if (watch is null || await jobs.FindAsync(call.Id, call.Owner, call.Aborted) is not { } job || job.Kind != options.Kind)
        {
            await (await call.AbsentAsync()).ExecuteAsync(context);
            return;
        }

        if (resumed == watch.Cursor && watch.IsComplete)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (HeadAsGet.IsHead(context))
        {
            context.Response.ContentType = SseStream.MediaType;
            return;
        }

        if (!limiter.TryEnter(call.Owner, call.Id))
        {
            await WatcherLimiter.Refusal.WriteAsync(context);
            return;
        }

        try
        {
            // Whose end is told at once is not told first where it stood before.
            var isEnd = options.Start is null && job.IsFinal;
            var stream = new DialectStream(context, watch, clock, logger, jobs, projection, resumed == watch.Cursor || isEnd);
            using var repeating = options.Repeat is { } every ? stream.RepeatEach(every, time) : null;
            await stream.RunAsync();
        }
        finally
        {
            limiter.Exit(call.Owner, call.Id);
        }
    }
}
