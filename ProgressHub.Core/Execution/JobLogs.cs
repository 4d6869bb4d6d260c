using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Opens jobs' logs for writing.</summary>
internal sealed class JobLogs(EventFeeds feeds, IEventLog log, IJobStore store, TimeProvider time)
{
    /// <summary>Takes a job's log, once whoever writes it now is done; null where there is no such job.</summary>
    public async ValueTask<EventWriter?> OpenAsync(JobId id, CancellationToken cancellationToken)
    {
        var lease = await feeds.AcquireAsync(id, cancellationToken);
        return lease is null
            ? null
            : await EventWriter.OpenAsync(
                lease, log, () => store.FindAsync(id, cancellationToken), time, cancellationToken);
    }
}
