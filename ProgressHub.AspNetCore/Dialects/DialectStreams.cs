using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;

namespace ProgressHub.AspNetCore.Dialects;

/// <summary>Answers requests for a job's stream in a dialect; resumed by <c>Last-Event-ID</c>, as every stream here.</summary>
internal sealed class DialectStreams(
    StreamGate gate, JobService jobs, StreamClock clock, TimeProvider time, ILogger<DialectStreams> logger)
{
    /// <summary>Writes the whole response: the stream, 204 where there is nothing left to say, or a problem.</summary>
    /// <exception cref="RefusedException">429 <c>too_many_watchers</c>.</exception>
    public async Task RunAsync(HttpContext context, DialectStreamOptions options, IProjection projection)
    {
        var call = new JobCall(options.Job, context.User, jobs, context.RequestAborted);
        if (await jobs.FindAsync(call.Id, call.Owner, call.Aborted) is not { } job || job.Kind != options.Kind)
        {
            await (await call.AbsentAsync()).ExecuteAsync(context);
            return;
        }

        var start = new StreamStart(options.Job, StreamCursor.Of(context.Request)) { Begin = options.Start };
        await gate.StreamAsync(context, start, async admitted =>
        {
            // Whose end is told at once is not told first where it stood before.
            var isEnd = options.Start is null && admitted.Watch.HasEnded;
            var skipsOpening = isEnd || start.Cursor == admitted.Watch.Cursor;
            // Looked at twice as often as asked for, and said again once half the time is over: never later than asked for.
            var repeat = options.Repeat / 2;
            IDisposable held = repeat is { } every ? new HeldTogether(admitted, Poking(admitted.Watch.Watcher, every)) : admitted;
            var stream = new DialectStream(
                new SseResponse(context, clock, logger, held), admitted.Watch, jobs, projection, skipsOpening) { RepeatAfter = repeat };
            await stream.RunAsync();
        });
    }

    private ITimer Poking(FeedWatcher watcher, TimeSpan every) =>
        time.CreateTimer(static watcher => ((FeedWatcher)watcher!).Poke(), watcher, every, every);
}
