using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// The one way to watch from outside, whatever the transport: it decides whether the job is the caller's, whether one more
/// may watch, and whether there is anything left to say.
/// </summary>
internal sealed class StreamGate(JobService jobs, WatcherLimiter limiter)
{
    /// <summary>A place among the watchers; dispose it when the watching is over.</summary>
    /// <param name="owner">Who watches.</param>
    /// <param name="job">What is watched; null for all jobs of the owner.</param>
    /// <exception cref="RefusedException">429 <c>too_many_watchers</c>.</exception>
    public WatcherLease Enter(string owner, JobId? job) =>
        limiter.TryEnter(owner, job) ?? throw new RefusedException(WatcherLimiter.Refusal);

    /// <summary>Begins to watch a job; null where the owner has no such job. Dispose what is returned.</summary>
    /// <exception cref="RefusedException">429 <c>too_many_watchers</c>.</exception>
    public async ValueTask<AdmittedWatch?> OpenAsync(StreamStart start, string owner, CancellationToken cancellationToken)
    {
        var watch = await jobs.WatchAsync(start.Job, owner, start.Cursor ?? start.Begin, start.Inline, cancellationToken);
        if (watch is null)
            return null;
        if (limiter.TryEnter(owner, start.Job) is { } lease)
            return new AdmittedWatch(watch, lease);
        watch.Dispose();
        throw new RefusedException(WatcherLimiter.Refusal);
    }

    /// <summary>
    /// Writes the whole response to a request for a job's stream: the stream; 204 where there is nothing left to say, which
    /// stops an EventSource for good; or that there is no such job. HEAD is answered with the headers alone.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="start">What is asked for.</param>
    /// <param name="stream">The stream of a watching that was let in. It takes the watching over.</param>
    /// <exception cref="RefusedException">429 <c>too_many_watchers</c>.</exception>
    public async Task StreamAsync(HttpContext context, StreamStart start, Func<AdmittedWatch, Task> stream)
    {
        var call = new JobCall(start.Job, context.User, jobs, context.RequestAborted);
        if (await OpenAsync(start, call.Owner, call.Aborted) is not { } admitted)
            await (await call.AbsentAsync()).ExecuteAsync(context);
        else if (start.Cursor == admitted.Watch.Cursor && admitted.Watch.IsComplete)
            Leave(admitted, () => context.Response.StatusCode = StatusCodes.Status204NoContent);
        else if (HeadAsGet.IsHead(context))
            Leave(admitted, () => SseResponse.WriteHeaders(context.Response));
        else
            await stream(admitted);
    }

    /// <summary>The same for a stream of all of the caller's jobs.</summary>
    /// <param name="context">The request.</param>
    /// <param name="stream">The stream of an owner. It takes the place among the watchers over.</param>
    /// <exception cref="RefusedException">429 <c>too_many_watchers</c>.</exception>
    public async Task StreamAsync(HttpContext context, Func<string, WatcherLease, Task> stream)
    {
        var owner = context.User.Owner();
        var lease = Enter(owner, null);
        if (HeadAsGet.IsHead(context))
            Leave(lease, () => SseResponse.WriteHeaders(context.Response));
        else
            await stream(owner, lease);
    }

    private static void Leave(IDisposable held, Action answer)
    {
        using (held)
            answer();
    }
}
