using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Execution;

/// <summary>What is done to a job that exists: wherever it stands, queued, running or finished.</summary>
internal sealed class JobCommands(
    JobLogs logs, AttemptCommands attempts, JobEnd end, JobRemoval removal, UploadService uploads, TimeProvider time)
{
    // A job on its way from the queue to an attempt, or back, is neither for an instant; in the next one of the two holds.
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(500));

    /// <summary>Asks for a job's end; of a finished one nothing changes.</summary>
    public async Task<JobSnapshot?> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (await attempts.CancelAsync(id, cancellationToken))
                return await PresentAsync(id, cancellationToken);

            var present = await PresentAsync(id, cancellationToken);
            if (present is not { IsFinal: false })
                return present;

            // Who asks may go; what was begun is seen through.
            if (present.State == JobState.Queued && await EndQueuedAsync(id, JobState.Canceled, null).WaitAsync(cancellationToken))
                return await PresentAsync(id, cancellationToken);
            await Task.Delay(Pauses.After(tries), time, cancellationToken);
        }
    }

    /// <summary>
    /// The files of a job will never be whole: what is here of them goes. A job that waits in the queue ends by that at once,
    /// one that runs hears of it from the upload itself.
    /// </summary>
    public async Task BreakOffAsync(JobId id, IEnumerable<string> files, UploadException why)
    {
        foreach (var file in files)
            await uploads.BreakAsync(file, why);
        for (var tries = 1;
            !attempts.RunsHere(id)
            && await PresentAsync(id, CancellationToken.None) is { State: JobState.Queued }
            && !await EndQueuedAsync(id, JobState.Failed, new JobError(why.Code, why.Message));
            tries++)
        {
            await Task.Delay(Pauses.After(tries), time, CancellationToken.None);
        }
    }

    /// <summary>Answers the question a job waits with.</summary>
    /// <exception cref="JobConflictException">It asks nothing, or something else.</exception>
    public Task AnswerAsync(JobId id, string requestId, string answer) =>
        attempts.AnswerAsync(id, requestId, answer);

    /// <summary>Removes a finished job; false where it has not ended.</summary>
    public Task<bool> RemoveAsync(JobId id, CancellationToken cancellationToken) => removal.RemoveAsync(id, cancellationToken);

    private async Task<bool> EndQueuedAsync(JobId id, JobState state, JobError? error)
    {
        // Not waiting for the log: an attempt that has just begun holds it until it ends.
        using var writer = await logs.TryOpenAsync(id, CancellationToken.None);
        return writer?.Job is { State: JobState.Queued } && await end.EndAsync(writer, state, error);
    }

    private async Task<JobSnapshot?> PresentAsync(JobId id, CancellationToken cancellationToken) =>
        (await logs.FindAsync(id, cancellationToken))?.Snapshot;
}
