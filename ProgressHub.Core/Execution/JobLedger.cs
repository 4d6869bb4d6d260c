using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// What this node knows of a job beside its log: that it waits, its secrets, its plan, and the counts. Whatever happens to a job
/// is entered here, by whichever way it happens.
/// </summary>
internal sealed class JobLedger(JobQueue queue, IKeptSecrets secrets, KeptPlans plans, JobMetrics metrics)
{
    /// <summary>How many jobs wait, as far as this node knows.</summary>
    public long Waiting => queue.Waiting;

    /// <summary>A job is about to be created: its secrets and its plan are there before anybody can run it.</summary>
    /// <exception cref="StorageUnavailableException">Its secrets can't be kept now.</exception>
    public ValueTask AnnounceAsync(
        JobId id, IReadOnlyDictionary<string, string> itsSecrets, KeptPlan plan, CancellationToken cancellationToken)
    {
        if (itsSecrets.Count > 0)
            return secrets.KeepAsync(id, itsSecrets, cancellationToken);
        plans.Keep(id, plan);
        return ValueTask.CompletedTask;
    }

    /// <summary>Its creation has come to an end. Its feed is kept for whoever runs it, as long as its plan is.</summary>
    public void Created(JobId id, FeedLease feed) => plans.Keep(id, feed);

    /// <summary>It was not created, or is deleted: nothing is known of it.</summary>
    public void Forget(JobId id)
    {
        secrets.Forget(id);
        plans.Take(id);
    }

    /// <summary>It is in the store and waits to be run.</summary>
    public void Accepted(Job job)
    {
        metrics.Submitted(job.Kind);
        queue.Added();
    }

    /// <summary>An attempt is over, and the job waits for its next one.</summary>
    public void Requeued() => queue.Returned();

    /// <summary>A job has ended; that is on disk.</summary>
    /// <param name="job">The job, in its final state.</param>
    /// <param name="wasWaiting">Whether it ended without an attempt having begun.</param>
    public void Ended(Job job, bool wasWaiting)
    {
        if (wasWaiting)
        {
            queue.Removed();
            plans.Take(job.Id);
        }

        // A retry soon after a failure has the secrets.
        if (job.State == JobState.Failed)
            secrets.ForgetLater(job.Id);
        else
            secrets.Forget(job.Id);
        metrics.Finished(job.Kind, job.State);

        // Its slot was free before; only now has its owner one job less under way.
        queue.Signal();
    }
}
