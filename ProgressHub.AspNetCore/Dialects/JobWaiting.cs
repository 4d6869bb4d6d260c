using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Dialects;

/// <summary>Waiting inside a request for what other systems answer only once the work is done.</summary>
internal static class JobWaiting
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The first state of the job that is as wanted, or its last one. That the waiting ends, because whoever waited has gone,
    /// ends nothing of the job.
    /// </summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="admitted">Its place among the watchers: whoever waits holds a request open, and counts.</param>
    /// <param name="id">The job.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="wanted">Whether a state ends the wait.</param>
    /// <param name="cancellationToken">Whoever waited has gone.</param>
    /// <returns>Null where the owner has no such job, or has it no more.</returns>
    public static async Task<JobSnapshot?> UntilAsync(
        this JobService jobs, WatcherLease admitted, JobId id, string owner, Func<JobSnapshot, bool> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(admitted);
        var state = await jobs.FindAsync(id, owner, cancellationToken);
        while (state is not null && !state.IsFinal && !wanted(state))
            state = await jobs.WaitAsync(id, owner, state.Seq, Look, cancellationToken);
        return state;
    }
}
