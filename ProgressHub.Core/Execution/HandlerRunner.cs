using Microsoft.Extensions.Logging;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Runs the handler of an attempt, with what goes round it, and gives it up where it does not stop when told to.</summary>
internal sealed partial class HandlerRunner(AttemptPipeline pipeline, ILogger<HandlerRunner> logger)
{
    /// <summary>Returns once the handler has ended, or was given up.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="context">What its handler sees.</param>
    /// <param name="stop">Told once its time is over.</param>
    /// <returns>The handler, which has ended; null where it was given up.</returns>
    public async Task<Task<WorkloadOutcome>?> RunAsync(Attempt attempt, JobContext context, StopRequest stop)
    {
        using var timeout = attempt.Time.CreateTimer(
            static stop => ((StopRequest)stop!).Make(StopReason.TimedOut), stop, attempt.Descriptor.Timeout, Timeout.InfiniteTimeSpan);

        // Behind the handler, and not before: of one that is over at once, the beginning and the end are one commit. One that
        // takes its thread for long does not keep its beginning from being told.
        ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.ReleaseHeld(), attempt.Writer, preferLocal: false);
        var handler = Task.Run(() => pipeline.RunAsync(
            new AttemptInfo(attempt.Descriptor, context), () => attempt.Workload.RunAsync(context.Read, context)));
        await Task.WhenAny(handler, stop.Made);
        if (handler.IsCompleted)
            return handler;

        var grace = stop.Reason == StopReason.Shutdown ? attempt.Options.ShutdownGrace : attempt.Options.CancelGrace;
        await Task.WhenAny(handler, Task.Delay(grace, attempt.Time, CancellationToken.None));
        if (handler.IsCompleted)
            return handler;

        // It can't be stopped from outside. It keeps its thread, but its job and its slot are given up.
        LogHandlerIgnoresStop(context.JobId, attempt.Descriptor.Kind);
        _ = handler.ContinueWith(
            static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return null;
    }

    [LoggerMessage(LogLevel.Warning, "The {Kind} handler of job {JobId} does not stop when told to; it is given up.")]
    private partial void LogHandlerIgnoresStop(Jobs.JobId jobId, string kind);
}
