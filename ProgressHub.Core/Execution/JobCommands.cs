using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What is done to a job that exists: wherever it stands, queued, running or finished.</summary>
internal sealed class JobCommands(
    IJobStore store, EventFeeds feeds, JobLogs logs, JobPartials partials, RunningJobs running, JobQueue queue,
    WorkloadCatalog workloads, JobMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(5);

    public async Task<JobSnapshot?> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (running.TryGet(id, out var execution))
            {
                await execution.CancelAsync(cancellationToken);
                return await PresentAsync(id, cancellationToken);
            }

            if (await PresentAsync(id, cancellationToken) is not { IsFinal: false } present)
                return await PresentAsync(id, cancellationToken);
            if (present.State == JobState.Queued && await CancelQueuedAsync(id, cancellationToken))
                return await PresentAsync(id, cancellationToken);

            // It is being claimed at this moment; its execution will be there in an instant.
            await Task.Delay(ClaimPause, time, cancellationToken);
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

    private async Task<bool> CancelQueuedAsync(JobId id, CancellationToken cancellationToken)
    {
        using var writer = await logs.OpenAsync(id, cancellationToken);
        if (writer?.Job is not { State: JobState.Queued } job)
            return false;

        var now = time.GetUtcNow();
        writer.Append(
            new DoneEvent(JobState.Canceled, null, null, JobSummaries.Of(writer.Draft, job, now)),
            j => j.Finish(JobState.Canceled, now));
        await writer.FlushAsync().WaitAsync(cancellationToken);
        if (writer.Lost.IsCancellationRequested)
            return false;

        queue.Removed();
        metrics.Finished(job.Kind, JobState.Canceled);
        return true;
    }

    private async Task<JobSnapshot?> PresentAsync(JobId id, CancellationToken cancellationToken) =>
        (await feeds.FindAsync(id, cancellationToken))?.Snapshot;
}
