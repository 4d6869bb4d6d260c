using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What becomes of a job when an attempt of it is over.</summary>
internal sealed partial class AttemptOutcome(AttemptStore store, JobEnd end, ILogger<AttemptOutcome> logger)
{
    /// <summary>Applies what came of the handler, and of whatever told it to stop.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="handler">The handler, which has ended; null where it never began or was given up.</param>
    /// <param name="stop">Whether and why it was told to stop.</param>
    /// <param name="madeProgress">Whether it finished something that was not finished before.</param>
    public async Task ApplyAsync(Attempt attempt, Task<WorkloadOutcome>? handler, StopRequest stop, bool madeProgress)
    {
        switch (stop.Reason)
        {
            case StopReason.Lost:
                return;
            case StopReason.Canceled:
                Cancel(attempt);
                return;
            case StopReason.Shutdown when handler is not { IsCompletedSuccessfully: true }:
                Requeue(attempt, stop, "The server is restarting.", TimeSpan.Zero, madeProgress: true);
                return;
            case StopReason.TimedOut when handler is not { IsCompletedSuccessfully: true }:
                Fail(attempt, "timed_out", $"The job took longer than {attempt.Descriptor.Timeout:g}.");
                return;
        }

        try
        {
            await SucceedAsync(attempt, await handler!);
        }
        catch (Exception exception) when (HandlerFailure.Of(exception) is { } failure)
        {
            Refuse(attempt, failure, stop, madeProgress);
        }
        catch (Exception failure) when (failure is not StorageClosedException)
        {
            LogHandlerThrew(failure, attempt.Job.Id, attempt.Descriptor.Kind);
            Fail(attempt, "internal_error", "The job failed for a reason that is not the user's; the server's log says why.");
        }
    }

    /// <summary>The job is canceled.</summary>
    public void Cancel(Attempt attempt) => end.Append(attempt.Writer, JobState.Canceled);

    /// <summary>The job failed for a reason a user may see: it is tried again where that may help.</summary>
    public void Refuse(Attempt attempt, WorkloadException failure, StopRequest stop, bool madeProgress)
    {
        if (failure.InnerException is { } cause)
            LogWorkloadFailed(cause, attempt.Job.Id, failure.Code);

        // An outage is nobody's failure, and fails no job: it is tried again until it is over.
        if (failure.Code == HandlerFailure.Outage && failure.InnerException is StorageUnavailableException)
        {
            Requeue(
                attempt, stop, failure.Message, attempt.Options.Backoff.After(attempt.Job.Attempt, failure.RetryAfter, Random.Shared.NextDouble()),
                madeProgress: true);
            return;
        }

        var failures = madeProgress ? 1 : attempt.Job.AttemptsWithoutProgress + 1;
        if (failure.IsTransient && failures < attempt.Descriptor.MaxAttempts)
        {
            var delay = attempt.Options.Backoff.After(failures, failure.RetryAfter, Random.Shared.NextDouble());
            Requeue(attempt, stop, failure.Message, delay, madeProgress);
        }
        else
        {
            Fail(attempt, failure.Code, failure.Message);
        }
    }

    /// <summary>The attempt itself broke, by a defect of ours.</summary>
    public void Break(Attempt attempt, Exception defect)
    {
        LogAttemptBroke(defect, attempt.Job.Id);
        Fail(attempt, "internal_error", "The server failed to run this job; its log says why.");
    }

    /// <summary>Gives the attempt's slot to the next, which need not wait for the disk, and waits until the outcome is there.</summary>
    public async Task CompleteAsync(Attempt attempt)
    {
        attempt.Slot.Dispose();
        await end.CompleteAsync(attempt.Writer);
        if (attempt.Writer.Failure is { } defect)
            LogAttemptBroke(defect, attempt.Job.Id);
    }

    private async Task SucceedAsync(Attempt attempt, WorkloadOutcome outcome)
    {
        string? url = null;
        if (outcome.Result is { } result)
        {
            // Every piece is on disk before the result, and the result before the end that points to it.
            await attempt.Writer.FlushAsync();
            if (!await store.SaveResultAsync(attempt.Job, result, attempt.Writer.Lost))
                return;
            url = JobUrls.Result(attempt.Job.Id);
        }

        if (outcome.FailedItems == 0)
        {
            end.Append(attempt.Writer, JobState.Succeeded, null, url, outcome.IsNoAnswer ? JobOutcomes.NoAnswer : null);
            return;
        }

        var failed = outcome.FailedItems == 1 ? "1 part" : $"{outcome.FailedItems} parts";
        end.Append(attempt.Writer, JobState.Failed, new JobError(
            "items_failed", $"{failed} failed; the rest is done. Retry the failed ones alone."), url);
    }

    // A job that is to end does not wait for another attempt to do so.
    private void Requeue(Attempt attempt, StopRequest stop, string reason, TimeSpan delay, bool madeProgress) => stop.Decide(
        () => Cancel(attempt), () => end.Requeue(attempt.Writer, reason, delay, madeProgress));

    private void Fail(Attempt attempt, string code, string message) =>
        end.Append(attempt.Writer, JobState.Failed, new JobError(code, EventText.Line(message)));

    [LoggerMessage(LogLevel.Error, "The attempt of job {JobId} broke.")]
    private partial void LogAttemptBroke(Exception failure, JobId jobId);

    [LoggerMessage(LogLevel.Error, "The {Kind} handler of job {JobId} threw.")]
    private partial void LogHandlerThrew(Exception failure, JobId jobId, string kind);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} failed with {Code}.")]
    private partial void LogWorkloadFailed(Exception failure, JobId jobId, string code);
}
