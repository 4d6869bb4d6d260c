using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Changes the tags of a job, wherever it stands: of one that has not ended with an event in its log, of one that has ended
/// in its row and its state, as its log is closed.
/// </summary>
internal sealed class JobTags(JobLogs logs, AttemptCommands attempts, IEventLog log, TimeProvider time)
{
    // A job on its way from the queue to an attempt, or to its end, is neither for an instant.
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(500));

    /// <summary>Applies a change.</summary>
    /// <returns>The job as it is then; null where it is gone.</returns>
    /// <exception cref="Workloads.WorkloadException">A new tag is not acceptable, or there would be too many.</exception>
    public async Task<JobSnapshot?> ChangeAsync(JobId id, TagChange change, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (await logs.FindAsync(id, cancellationToken) is not { Snapshot: var present })
                return null;
            var tags = JobLabels.Tags(present.Tags, change);
            if (tags.SequenceEqual(present.Tags, StringComparer.Ordinal))
                return present;

            if (present.IsFinal)
            {
                var after = present with { Tags = tags };
                if (await log.RetagAsync(present, after, cancellationToken))
                    return after;
            }
            else if (await attempts.TagAsync(id, change, cancellationToken)
                || (present.State == JobState.Queued && await TagQueuedAsync(id, change).WaitAsync(cancellationToken)))
            {
                return (await logs.FindAsync(id, cancellationToken))?.Snapshot;
            }

            await Task.Delay(Pauses.After(tries), time, cancellationToken);
        }
    }

    private async Task<bool> TagQueuedAsync(JobId id, TagChange change)
    {
        // Not waiting for the log: an attempt that has just begun holds it until it ends.
        using var writer = await logs.TryOpenAsync(id, CancellationToken.None);
        if (writer?.Job is not { State: JobState.Queued } job)
            return false;
        var tags = JobLabels.Tags(job.Tags, change);
        if (!writer.Append(new TagsEvent(tags), queued => queued.Retag(tags)))
            return false;
        await writer.FlushAsync();
        return !writer.Lost.IsCancellationRequested;
    }
}
