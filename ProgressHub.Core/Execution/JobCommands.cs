using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What is done to a job that exists: wherever it stands, queued, running or finished.</summary>
internal sealed class JobCommands(
    IJobStore store, EventFeeds feeds, JobLogs logs, JobPartials partials, RunningJobs running, JobQueue queue,
    WorkloadCatalog workloads, JobSecrets secrets, JobMetrics metrics, ExecutionServices services,
    TimeProvider time)
{
    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    public async Task<JobSnapshot?> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        for (var pause = ClaimPause; ; pause = pause < LongestPause ? pause * 2 : pause)
        {
            if (running.TryGet(id, out var execution) && await execution.CancelAsync(cancellationToken))
                return await PresentAsync(id, cancellationToken);

            var present = await PresentAsync(id, cancellationToken);
            if (present is not { IsFinal: false })
                return present;

            // Who asks may go; what was begun is seen through.
            if (present.State == JobState.Queued && await EndQueuedAsync(id, JobState.Canceled, null).WaitAsync(cancellationToken))
                return await PresentAsync(id, cancellationToken);

            // It is being claimed at this moment, or on its way back to the queue; in an instant one of the two holds.
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>
    /// The file of a job will never be whole: a job that waits in the queue ends by that at once, one that runs hears of it
    /// from the upload itself.
    /// </summary>
    public async Task FailQueuedAsync(JobId id, JobError error)
    {
        while (!running.TryGet(id, out _)
            && await PresentAsync(id, CancellationToken.None) is { State: JobState.Queued }
            && !await EndQueuedAsync(id, JobState.Failed, error))
        {
            await Task.Delay(ClaimPause, time, CancellationToken.None);
        }
    }

    public Task AnswerAsync(JobId id, string requestId, string answer) =>
        running.TryGet(id, out var execution)
            ? execution.AnswerAsync(requestId, answer)
            : throw new JobConflictException("no_pending_input", "The job asks nothing now.");

    public async Task<ResultDocument?> ReadResultAsync(JobId id, bool soFar, CancellationToken cancellationToken)
    {
        if (await store.ReadResultAsync(id, cancellationToken) is { } result)
            return result;
        if (!soFar || await store.FindAsync(id, cancellationToken) is not { } job
            || await store.ReadInputAsync(id, cancellationToken) is not { } bytes)
            return null;

        using var input = JsonDocument.Parse(bytes);
        return workloads.Find(job.Kind)?.Assemble(
            input.RootElement, await partials.ReadResultsAsync(id, cancellationToken));
    }

    private async Task<bool> EndQueuedAsync(JobId id, JobState state, JobError? error)
    {
        // Not waiting for the log: an attempt that has just begun holds it until it ends.
        using var writer = await logs.TryOpenAsync(id, CancellationToken.None);
        if (writer?.Job is not { State: JobState.Queued } job)
            return false;

        var now = time.GetUtcNow();
        writer.Append(
            new DoneEvent(state, error, null, JobSummaries.Of(writer.Draft, job, now)),
            j => j.Finish(state, now));
        await writer.FlushAsync();
        if (writer.Lost.IsCancellationRequested)
            return false;

        queue.Removed();
        secrets.Forget(id);
        metrics.Finished(job.Kind, state);
        await services.DropUploadsAsync(job);
        return true;
    }

    private async Task<JobSnapshot?> PresentAsync(JobId id, CancellationToken cancellationToken) =>
        (await feeds.FindAsync(id, cancellationToken))?.Snapshot;
}
