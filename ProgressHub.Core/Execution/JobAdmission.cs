using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Who may submit a job now, and under which id.</summary>
internal sealed class JobAdmission(IJobStore store, JobLogs logs, JobQueue queue, QuotaKeeper quotas, IOptions<ExecutionOptions> options)
{
    private readonly ConcurrentDictionary<JobId, byte> _chosen = new();

    /// <summary>The id that a submitter chose is taken.</summary>
    public static JobConflictException IdTaken() =>
        new("job_id_taken", "There is, or was, a job of that id; choose 128 other random bits.");

    /// <summary>Refuses a request that finds no room in the queue, or takes up the work of a job that is not its owner's.</summary>
    /// <exception cref="WorkloadException"><c>queue_full</c>, <c>unknown_retry_of</c>.</exception>
    public async Task RequireAsync(JobRequest request, CancellationToken cancellationToken)
    {
        if (queue.Waiting >= options.Value.MaxQueuedJobs)
            throw Full("Too many jobs wait already; try again later.");
        await RequireRoomAsync(request.Owner, cancellationToken);
        if (request.RetryOf is { } earlier
            && (await logs.FindAsync(earlier, cancellationToken) is not { } found || found.Owner != request.Owner))
        {
            throw new WorkloadException("unknown_retry_of", "The job whose work is to be taken up again does not exist.")
            {
                Property = "retryOf",
            };
        }
    }

    /// <summary>What the owner of a new job is allowed, and what leaves no room for the job already.</summary>
    public ValueTask<(Quota Quota, QuotaReached? Reached)> QuotaAsync(string owner, WorkloadPlan plan, CancellationToken cancellationToken) =>
        quotas.OfNewJobAsync(owner, plan, cancellationToken);

    /// <summary>
    /// Holds an id that a submitter chose until its job is there; dispose what is returned. One that a job has already must
    /// never get as far as that job's feed or secrets.
    /// </summary>
    /// <exception cref="JobConflictException"><c>job_id_taken</c>.</exception>
    public async Task<IDisposable> ReserveAsync(JobId id, CancellationToken cancellationToken)
    {
        if (!_chosen.TryAdd(id, 0))
            throw IdTaken();
        var reservation = new Reservation(this, id);
        try
        {
            if (await logs.IsTakenAsync(id, cancellationToken))
                throw IdTaken();
            return reservation;
        }
        catch
        {
            reservation.Dispose();
            throw;
        }
    }

    private static WorkloadException Full(string message) => new("queue_full", message) { IsTransient = true };

    private async Task RequireRoomAsync(string owner, CancellationToken cancellationToken)
    {
        // As long as fewer wait in all, nobody has as many, and the store need not be asked.
        var most = options.Value.MaxQueuedJobsPerOwner;
        if (queue.Waiting >= most && await store.CountQueuedAsync(owner, cancellationToken) >= most)
            throw Full($"{most} of your jobs wait already, which is as many as may; try again once some have run.");
    }

    private sealed class Reservation(JobAdmission admission, JobId id) : IDisposable
    {
        public void Dispose() => admission._chosen.TryRemove(id, out _);
    }
}
