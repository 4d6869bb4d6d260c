using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// The one way an attempt ends: its job ends with it, or goes back into the queue. What goes with that is done once it is on
/// disk and before anybody is shown it, whoever ended it: the attempt itself, a cancel, the recovery after a crash.
/// </summary>
internal sealed class JobEnd(JobLedger ledger, FileSupply files, TimeProvider time)
{
    /// <summary>Appends the end of a job.</summary>
    /// <returns>False where its log takes no more.</returns>
    public bool Append(EventWriter writer, JobState state, JobError? error = null, string? resultUrl = null, string? outcome = null)
    {
        var now = time.GetUtcNow();
        var wasWaiting = false;
        return writer.AppendLast(
            new DoneEvent(state, error, resultUrl, JobSummaries.Of(writer.Draft, writer.Job, now)) { Outcome = outcome },
            job =>
            {
                wasWaiting = job.State == JobState.Queued;
                return job.Finish(state, now);
            },
            job => ledger.Ended(job, wasWaiting));
    }

    /// <summary>Appends the return of a job to the queue.</summary>
    /// <param name="writer">Its log.</param>
    /// <param name="reason">Why, for a person.</param>
    /// <param name="delay">How long until its next attempt may begin.</param>
    /// <param name="madeProgress">Whether the attempt that ends finished at least one item.</param>
    /// <returns>False where its log takes no more.</returns>
    public bool Requeue(EventWriter writer, string reason, TimeSpan delay, bool madeProgress)
    {
        DateTimeOffset? runAfter = delay > TimeSpan.Zero ? time.GetUtcNow() + delay : null;
        return writer.AppendLast(
            new RetryingEvent(EventText.Line(reason), (long)delay.TotalMilliseconds),
            job => job.Requeue(runAfter, madeProgress),
            _ => ledger.Requeued());
    }

    /// <summary>Waits until what was appended is on disk, and clears away what is left of a job that has ended.</summary>
    /// <returns>Whether it has ended, and that is on disk.</returns>
    public async Task<bool> CompleteAsync(EventWriter writer)
    {
        await writer.FlushAsync();
        if (writer.Lost.IsCancellationRequested || !writer.Job.State.IsFinal())
            return false;
        await files.DropIncompleteAsync(writer.Job);
        return true;
    }

    /// <summary>Ends a job for good.</summary>
    /// <returns>Whether it was this that ended it.</returns>
    public async Task<bool> EndAsync(EventWriter writer, JobState state, JobError? error) =>
        Append(writer, state, error) && await CompleteAsync(writer);
}
